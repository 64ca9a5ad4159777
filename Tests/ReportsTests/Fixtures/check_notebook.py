"""Checks a notebook that lezobench exported: valid, written as Jupyter writes, and run to the tables it came with.

Needs nbformat (5.11), nbclient (0.11), ipykernel (7.4), pandas (3.1) and Matplotlib (3.11); the versions are those that it
was last run with. Usage: python check_notebook.py NOTEBOOK; ends with 1 and says what differs.
"""

import sys
from html.parser import HTMLParser
from pathlib import Path

import nbformat
from nbclient import NotebookClient


class Cells(HTMLParser):
    """The texts of a table's cells, row by row."""

    def __init__(self, html):
        super().__init__()
        self.rows = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        self.inside = tag in ("td", "th")
        if self.inside:
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data


def outputs(cell):
    """A code cell's tables, printed text and number of pictures."""
    tables, printed, pictures = [], "", 0
    for output in cell.outputs:
        if output.output_type == "stream":
            printed += output.text
        elif output.output_type == "display_data":
            if "text/html" in output.data:
                tables.append(Cells(output.data["text/html"]).rows)
            pictures += any(kind.startswith("image/") for kind in output.data)
    return tables, printed, pictures


def main(path):
    text = Path(path).read_text()
    notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    problems = []
    if nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n" != text:
        problems.append("saving it in Jupyter would change the file")
    before = [outputs(cell) for cell in notebook.cells if cell.cell_type == "code"]
    ids = [cell.id for cell in notebook.cells if cell.cell_type == "code"]
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": Path(path).parent}}).execute()
    after = [outputs(cell) for cell in notebook.cells if cell.cell_type == "code"]
    for name, (tables, printed, pictures), (new_tables, new_printed, new_pictures) in zip(ids, before, after):
        if tables != new_tables:
            problems.append(f"{name}: the table that it came with and the table that it computes differ:\n{tables}\n{new_tables}")
        if printed != new_printed:
            problems.append(f"{name}: printed {new_printed!r}, came with {printed!r}")
        if bool(pictures) != bool(new_pictures):
            problems.append(f"{name}: {new_pictures} pictures, came with {pictures}")
    print("\n".join(problems) or f"{len(before)} code cells give what they came with")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
