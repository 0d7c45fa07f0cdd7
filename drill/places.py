"""Where the drill keeps what it makes."""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VAR = CHECKOUT / "var" / "drill"
LOGS = VAR / "logs"
SHIPPED = CHECKOUT / "deploy" / "country"
PATRONI = VAR.with_name("patroni")  # kept from one drill to the next
FIGURES = VAR.with_suffix(".json")
DOCS = CHECKOUT / "docs" / "drill.md"
