"""A page as a browser reads it: its links, its forms with their fields, its tags."""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

NO_VALUE = {"button", "submit", "reset", "image"}
ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post", "poster", "cite"}


@dataclass(frozen=True)
class Field:
    name: str
    kind: str = "text"
    value: str = ""
    choices: list[str] = field(default_factory=list, hash=False)

    def with_value(self, value: str) -> "Field":
        return replace(self, value=value)


@dataclass
class Form:
    method: str
    action: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[Field] = field(default_factory=list)
    is_multipart: bool = False


class Page(HTMLParser):
    """`Page(html)` has read it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self._form: Form | None = None
        self._by_id: dict[str, Form] = {}
        self._select: Field | None = None
        self._area: tuple[str, list[str], Form | None] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        said = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes |= set(said)
        self.addresses += [said[name] for name in ADDRESSES & set(said)]
        if tag == "a" and "href" in said:
            self.links.append(said["href"])
        elif tag == "form":
            self._begin_form(said)
        elif tag in {"input", "button", "select", "textarea", "option"}:
            self._note_field(tag, said, self._by_id.get(said.get("form", ""), self._form))

    def _begin_form(self, said):
        method = said.get("method", "get").lower()
        self._form = Form(method, said.get("action", ""))
        self._form.is_multipart = said.get("enctype") == "multipart/form-data"
        self.forms.append(self._form)
        if "id" in said:
            self._by_id[said["id"]] = self._form

    def _note_field(self, tag, said, form):
        name, kind = said.get("name", ""), said.get("type", "text" if tag == "input" else "submit")
        if tag == "option":
            self._note_option(said)
        elif tag == "select":
            self._select = Field(name, "select") if form and name else None
            if self._select:
                form.fields.append(self._select)
        elif tag == "textarea":
            self._area = (name, [], form)
        elif form and name and kind in {"radio", "checkbox"}:
            _note_choice(form, name, kind, said)
        elif form and name and kind in NO_VALUE:
            form.buttons.append(Field(name, kind, said.get("value", "")))
        elif form and name:
            form.fields.append(Field(name, kind, said.get("value", "")))

    def _note_option(self, said):
        if self._select is None:
            return
        value = said.get("value", "")
        self._select.choices.append(value)
        if "selected" in said or (len(self._select.choices) == 1):
            object.__setattr__(self._select, "value", value)

    def handle_data(self, data):
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area:
            name, parts, form = self._area
            if form and name:
                form.fields.append(Field(name, "textarea", "".join(parts)))
            self._area = None


def _note_choice(form: Form, name: str, kind: str, said: dict[str, str]) -> None:
    """One field for all circles of that name, its value the one that is chosen."""
    value = said.get("value", "on")
    chosen = value if "checked" in said else ""
    if kind == "radio":
        for place, known in enumerate(form.fields):
            if known.name == name:
                known.choices.append(value)
                form.fields[place] = known.with_value(chosen or known.value)
                return
    form.fields.append(Field(name, kind, chosen, [value]))
