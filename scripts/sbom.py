"""A bill of materials (CycloneDX) of what a server runs and what its pages bring along.

Made from the pins alone, so that it says what is installed with --require-hashes, on
whatever machine it is made: requirements/runtime.txt and the packages of package.json.
"""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

CHECKOUT = Path(__file__).resolve().parent.parent
RUNTIME = CHECKOUT / "requirements" / "runtime.txt"
TO = CHECKOUT / "var" / "sbom.json"
_PIN = re.compile(r"^([\w.-]+)==([\w.]+)((?:.*\\\n)+.*)", re.M)


def main() -> None:
    TO.parent.mkdir(exist_ok=True)
    TO.write_text(sbom() + "\n")
    print(f"{TO.relative_to(CHECKOUT)}: {len(json.loads(sbom())['components'])} packages")


def sbom() -> str:
    """The whole of it as JSON."""
    of = Component(name="nobat", type=ComponentType.APPLICATION, bom_ref="nobat")
    parts = [*python_packages(), *front_end_packages()]
    bom = Bom(components=parts)
    bom.metadata.component = of
    bom.register_dependency(of, parts)
    return JsonV1Dot6(bom).output_as_string(indent=2)


def python_packages() -> Iterator[Component]:
    """Each pin with the hashes of all files that an installer may take for it."""
    for name, version, hashes in _PIN.findall(RUNTIME.read_text()):
        found = re.findall(r"--hash=sha256:([0-9a-f]{64})", hashes)
        yield _component("pypi", name, version, [(HashAlgorithm.SHA_256, each) for each in found])


def front_end_packages() -> Iterator[Component]:
    """Those that package.json names: what others ask for beside is never served."""
    locked = json.loads((CHECKOUT / "package-lock.json").read_text())["packages"]
    for name in json.loads((CHECKOUT / "package.json").read_text())["dependencies"]:
        found = locked[f"node_modules/{name}"]
        sha = base64.b64decode(found["integrity"].removeprefix("sha512-")).hex()
        yield _component("npm", name, found["version"], [(HashAlgorithm.SHA_512, sha)])


def _component(
    registry: str, name: str, version: str, hashes: list[tuple[HashAlgorithm, str]]
) -> Component:
    namespace, _, short = name.rpartition("/")
    url = PackageURL(registry, namespace or None, short, version)
    return Component(
        name=name,
        version=version,
        purl=url,
        bom_ref=str(url),
        hashes=[HashType(alg=algorithm, content=content) for algorithm, content in hashes],
    )


if __name__ == "__main__":
    main()
