"""Text files that are damaged, deceiving or dangerous, and what is said of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

Place = tuple[str, int | None, str | None, str | None]
"""Rule, row, column and value."""


@dataclass(frozen=True)
class Text:
    """Bytes of a file, the problems they give, and the names of sites that come out if none."""

    content: bytes
    problems: tuple[Place, ...] = ()
    names: tuple[str, ...] = ()
    file: str = "locations.csv"

    def write(self, folder: Path) -> Path:
        """Write the file into a folder."""
        path = folder / self.file
        path.write_bytes(self.content)
        return path


def _sites(*rows: bytes) -> bytes:
    return b"location_id,name\n" + b"".join(row + b"\n" for row in rows)


def _day(day: str, *problems: Place) -> Text:
    content = f"location_id,name,opened_on\nA,a,{day}\n".encode()
    wrong: Place = ("not_a_date", 2, "opened_on", day)
    return Text(content, problems or (wrong,), file="locations.csv")


def _amount(amount: str, rule: str = "not_a_number") -> Text:
    content = f"period,location_id,revenue\n2024,A,{amount}\n".encode()
    return Text(content, ((rule, 2, "revenue", amount),), file="financials.csv")


def _headings(count: int) -> bytes:
    return ",".join(["location_id", "name", *(f"c{n}" for n in range(count - 2))]).encode()


TEXTS: Mapping[str, Text] = {
    # --- what stands in cells ---
    "31 February": _day("2024-02-31"),
    "29 February of a common year": _day("2023-02-29"),
    "29 February 1900": _day("1900-02-29"),
    "year 0": _day("0000-01-01"),
    "year 9999": _day("9999-12-31"),
    "year 10000": _day("10000-01-01"),
    "a date that is an overflow": _day("2024-01-01T99:99:99"),
    "1e999": _amount("1e999"),
    "-1e999": _amount("-1e999"),
    "NaN": _amount("NaN"),
    "inf": _amount("inf"),
    "-Infinity": _amount("-Infinity"),
    "0x10": _amount("0x10"),
    "1_000": _amount("1_000"),
    "a formula in a number": _amount("=1+1"),
    "digits of another script": _amount("١٢"),
    "full-width digits": _amount("１２"),
    "dollars": _amount("$ 12", "other_currency"),
    "an error of a spreadsheet": _amount("#REF!", "spreadsheet_error"),
    "a number of 4,000 digits": Text(
        b"period,location_id,customers\n2024,A," + b"9" * 4000 + b"\n",
        (("not_whole", 2, "customers", "9" * 199 + "…"),),
        file="financials.csv",
    ),
    "an error of a spreadsheet as a name": Text(
        _sites(b"A,#REF!"), (("spreadsheet_error", 2, "name", "#REF!"),)
    ),
    "NUL bytes": Text(_sites(b"A,a\0b"), (("bad_character", 2, "name", "a\0b"),)),
    "terminal escape codes": Text(
        _sites(b"A,\x1b[2Jgone\x07"), (("bad_character", 2, "name", "\x1b[2Jgone\x07"),)
    ),
    "text turned right to left": Text(
        _sites("A,\u202egnp.exe".encode()), (("bad_character", 2, "name", "\u202egnp.exe"),)
    ),
    "text set apart from its direction": Text(
        _sites("A,a\u2066b".encode()), (("bad_character", 2, "name", "a\u2066b"),)
    ),
    "zero width in a code": Text(
        _sites("A\u200b,a".encode()), (("bad_character", 2, "location_id", "A\u200b"),)
    ),
    "a soft hyphen in a code": Text(
        _sites("A\u00adB,a".encode()), (("bad_character", 2, "location_id", "A\u00adB"),)
    ),
    "a cell of 5 MB": Text(
        _sites(b"A," + b"x" * 5_000_000, b"B,"),
        (("empty", 3, "name", None), ("too_long", 2, "name", "x" * 199 + "…")),
    ),
    "a quoted cell of 5 MB": Text(
        _sites(b'A,"' + b"x\n" * 2_500_000 + b'"', b"B,"),
        (("empty", 3, "name", None), ("too_long", 2, "name", ("x\n" * 100)[:199] + "…")),
    ),
    # --- encodings ---
    "half a character at the end": Text(
        _sites(b"A,a", b"B,b")[:-1] + b"\xc3", (("not_utf8", 3, None, None),)
    ),
    "overlong UTF-8": Text(_sites("B,é".encode(), b"A,\xc0\xaf"), (("not_utf8", 3, None, None),)),
    "a lone surrogate": Text(
        _sites("B,é".encode(), b"A,\xed\xa0\x80"), (("not_utf8", 3, None, None),)
    ),
    "mixed encodings": Text(
        _sites("A,é".encode(), "B,é".encode("latin-1"), b"C,"),
        (("not_utf8", 3, None, None), ("empty", 4, "name", None)),
    ),
    "bytes of nothing at all": Text(
        _sites(b"A,\x81\x8d\x8f"), (("not_utf8", 2, None, None),)
    ),
    "UTF-16 of an odd length": Text(
        "location_id,name\nA,a\n".encode("utf-16") + b"\0", (("unreadable", None, None, None),)
    ),
    "UTF-16 with half a surrogate pair": Text(
        "location_id,name\nA,".encode("utf-16") + b"\x00\xd8\n\0",
        (("unreadable", None, None, None),),
    ),
    "UTF-7 of a script": Text(_sites(b"A,+ADw-script+AD4-"), names=("+ADw-script+AD4-",)),
    "every byte there is": Text(bytes(range(1, 256)), (("not_utf8", 3, None, None),)),
    # --- headings and rows ---
    "an empty file": Text(b"", (("empty_file", None, None, None),)),
    "only a byte order mark": Text(b"\xef\xbb\xbf", (("empty_file", None, None, None),)),
    "only the mark of UTF-16": Text(b"\xff\xfe", (("empty_file", None, None, None),)),
    "only line ends": Text(b"\n\r\n\r\r\n", (("empty_file", None, None, None),)),
    "only separators": Text(b",,,\n,,,\n", (("empty_file", None, None, None),)),
    "only headings": Text(_sites(), (("empty_file", None, None, None),)),
    "only quotation marks": Text(b'"""', (("unclosed_quote", 1, None, None),)),
    "headings twice": Text(
        b"location_id,name,name\nA,a,b\n", (("repeated_column", None, "name", None),)
    ),
    "headings twice but for case": Text(
        b"location_id,name,Name\nA,a,b\n", (("repeated_column", None, "name", None),)
    ),
    "headings twice but for a space": Text(
        b"location_id,location id ,name\nA,a,b\n", (("repeated_column", None, "location_id", None),)
    ),
    "a blank heading over values": Text(
        b"location_id,name,\nA,a,b\n", (("unknown_column", None, "column (3)", None),)
    ),
    "a mark before the headings twice": Text(
        b"\xef\xbb\xbf\xef\xbb\xbflocation_id,name\nA,a\n", names=("a",)
    ),
    "10,000 columns": Text(
        _headings(10_000) + b"\nA,a\n", (("too_many_columns", None, None, None),)
    ),
    "100,000 columns": Text(
        _headings(100_000) + b"\nA,a\n", (("too_many_columns", None, None, None),)
    ),
    "a heading of 100 kB": Text(
        b"location_id,name," + b"x" * 100_000 + b"\nA,a,b\n",
        (("long_heading", None, None, "x" * 60 + "…"),),
    ),
    "an unclosed quotation mark": Text(
        _sites(b'A,"a', *(b"B%d,b" % n for n in range(3)), b"C,"),
        (("unclosed_quote", 2, None, None), ("empty", 6, "name", None)),
    ),
    "an unclosed quotation mark before 20 MB": Text(
        _sites(b'A,"a', *(b"B%d,%s" % (n, b"b" * 850) for n in range(20_000)), b"C,"),
        (("unclosed_quote", 2, None, None), ("empty", 20_003, "name", None)),
    ),
    "a stray quotation mark": Text(
        _sites(b'A,"a" b', b"B,"), (("stray_quote", 2, None, None), ("empty", 3, "name", None))
    ),
    "inches": Text(_sites(b'A,5" screen', b'B,"6"" screen"'), names=('5" screen', '6" screen')),
    "ragged rows": Text(
        _sites(b"A,a,b", b"B", b"C,c,", b"D,d,e,f"),
        (
            ("too_many_fields", 2, None, None),
            ("too_many_fields", 5, None, None),
            ("empty", 3, "name", None),
        ),
    ),
    "mixed line ends": Text(
        b"location_id,name\rA,a\nB,b\r\nC,\r", (("empty", 4, "name", None),)
    ),
    # --- other things under the name of a table ---
    "a web page": Text(
        b"<!DOCTYPE html>\n<html><body>Export failed</body></html>\n",
        (("other_kind", None, None, None),),
    ),
    "JSON": Text(b'[{"location_id": "A"}]', (("other_kind", None, None, None),)),
    "a PDF": Text(b"%PDF-1.7\n%\xe2\xe3", (("other_kind", None, None, None),)),
    "a database": Text(b"SQLite format 3\0" + b"\0" * 90, (("other_kind", None, None, None),)),
    "a zip under the name of a CSV": Text(
        b"PK\x03\x04" + b"\0" * 40, (("other_kind", None, None, None),)
    ),
    "an old workbook under a new name": Text(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        (("other_kind", None, None, None),),
        file="locations.xlsx",
    ),
    "a workbook with a password": Text(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        (("encrypted", None, None, None),),
        file="locations.xlsx",
    ),
    "a CSV under the name of a workbook": Text(
        _sites(b"A,a"), (("other_kind", None, None, None),), file="locations.xlsx"
    ),
    "an empty workbook file": Text(b"", (("unreadable", None, None, None),), file="locations.xlsx"),
    "a Parquet with the wrong magic": Text(
        b"RAP1" + b"\0" * 90, (("unreadable", None, None, None),), file="locations.parquet"
    ),
    "a Parquet of which only the magic is there": Text(
        b"PAR1PAR1", (("unreadable", None, None, None),), file="locations.parquet"
    ),
}  # fmt: skip
"""Everything that must be refused, but for four that read well."""

DANGEROUS = {
    "SQL": "'); DROP TABLE raw_locations; --",
    "SQL with a comment": "1' OR '1'='1' /*",
    "a script": "<script>document.title = 'hacked'</script>",
    "a picture that runs code": "<img src=x onerror=\"document.title = 'hacked'\">",
    "an SVG that runs code": "<svg/onload=document.title='hacked'>",
    "a link that runs code": "[click](javascript:document.title='hacked')",
    "a Markdown picture from elsewhere": "![x](http://192.0.2.1/x.png)",
    "LaTeX": "$$\\href{javascript:alert(1)}{x}$$",
    "Streamlit's colours": ":red[sold out] :material/delete: :streamlit:",
    "a formula": "=HYPERLINK(\"http://192.0.2.1\",\"x\")",
    "a formula of a command": "=cmd|' /C calc'!A0",
    "a plus": "+1+1",
    "a minus": "-2+3",
    "an at sign": "@SUM(1+1)",
    "a formula as text": "=N(TRUE)",
    "a template": "{{7*7}} ${7*7} {0} {file} %s",
    "emoji": "👩‍👩‍👧‍👦 winkel 🏬",
    "combining characters": "Z̸̡̢͍͓̦̈́͝ą̴̙́l̷̲̓g̶̪̈́o̵͎͋",
    "right-to-left text": "חנות \u200fמרכז",
    "zero width in text": "win\u200bkel",
    "a carriage return within quotation marks": "one\rtwo",
    "a noncharacter": "a\ufffeb",
    "the sign of a character that was lost": "Caf\ufffd",
    "a path": "../../etc/passwd",
    "a null": "null",
    "a very long word": "x" * 2_000,
}  # fmt: skip
"""Valid text: stored as it is, and never carried out."""
