"""What somebody types who wants our programs to read it as something else than words.

Written for this test. MARK is in everything that could become part of a page, so that one look
at the page tells whether it did.
"""

MARK = "nbtq"
# A template that did the sum would show what only it can know.
SUM, SUM_DONE = "40013*7", "280091"

SQL = [
    "' OR 'a'='a",
    "'; SELECT pg_sleep(9); --",
    '") OR 1=1 --',
    "1021' UNION SELECT mobile FROM people_person --",
    "1 OR pg_sleep(9) IS NULL",
    "\\'; DROP TABLE appointments_slot; --",
    "%' AND '%'='",
    "$$; DELETE FROM people_person; $$",
    "1/**/OR/**/1=1",
    "%(name)s %s %%",
    "_%_%_%",
    "\\",
    "{1,2}",
    "[0:9]={}",
]
HTML = [
    f"<{MARK}>",
    f'"><{MARK} onload=x>',
    f"'><{MARK}>",
    f'" {MARK}="1',
    f"' {MARK}='1",
    f"</textarea><{MARK}>",
    f"</title></script></style><{MARK}>",
    f"<!--><{MARK}-->",
    f"<script>{MARK}()</script>",
    f"<svg/onload={MARK}()>",
    f"<img src=x onerror={MARK}()>",
    f"&lt;{MARK}&gt; &#60;{MARK}&#62;",
    f"＜{MARK}＞",
    f"javascript:{MARK}()",
    f" JaVaScRiPt\t:{MARK}()",
    f"data:text/html,<{MARK}>",
    f"//{MARK}.example/",
    f"/\\{MARK}.example",
    f"https://{MARK}.example/",
]
TEMPLATES = [
    "{{ " + SUM + " }}",
    "{% load " + MARK + " %}",
    "{% debug %}",
    "{{ settings.SECRET_KEY }}",
    "{# " + MARK,
    "{% if",
    "${" + SUM + "}",
    "<%= " + SUM + " %>",
    "#{" + SUM + "}",
    "{0.__class__}",
    "%(SECRET_KEY)s",
    f'#import "{MARK}"',
    f'#eval("{SUM}")',
    "$ " + SUM + " $",
]
FORMULAS = [
    "=1+1",
    "+1-1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    f'=HYPERLINK("https://{MARK}.example","x")',
    "=cmd|'/c calc'!A1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "\u200f=1+1",
    "'=1+1",
    ";=1+1",
]
PATHS = [
    "../../../etc/passwd",
    "..\\..\\x",
    "%2e%2e%2f",
    "/etc/passwd\0.csv",
    "....//....//",
    "~root",
    "file:///etc/passwd",
    ".",
    "..",
    "con",
    "a/b",
    "%00",
    "%",
    "%zz",
]
HEADERS = [
    f"x\r\nX-{MARK}: 1",
    f"x\nSet-Cookie: {MARK}=1",
    f"x\r\n\r\n<{MARK}>",
    f"x\u2028X-{MARK}: 1",
    f"x\u010d\u010aX-{MARK}: 1",
    f'"; filename="{MARK}.exe',
]
SHELLS = [
    f"; touch /tmp/{MARK}",
    f"$(touch /tmp/{MARK})",
    f"`touch /tmp/{MARK}`",
    "| cat",
    "&& sleep 9",
    "--help",
    "-rf",
]
DIRECTORIES = ["*)(uid=*", "*", ")(|(a=*", "\\2a", "admin)(&)"]
OTHERS = [
    '{"$gt": ""}',
    '[{"a": [',
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>",
    "__proto__",
    "__class__",
    "null",
    "None",
    "undefined",
    "NaN",
    "true",
    "[]",
    "{}",
]
EVERY_KIND = {
    "SQL": SQL,
    "HTML": HTML,
    "templates": TEMPLATES,
    "formulas": FORMULAS,
    "paths": PATHS,
    "headers": HEADERS,
    "shells": SHELLS,
    "directories": DIRECTORIES,
    "others": OTHERS,
}
ALL = [text for kind in EVERY_KIND.values() for text in kind]
