/// A Jupyter notebook in format 4.5: cells with identifiers, code cells with their outputs in place.
struct NotebookDocument {
    /// What a code cell gave.
    enum Output: Hashable {
        /// Text that was printed.
        case printed(String)
        /// Something to look at, by media type.
        case shown([String: String])
    }

    /// One cell.
    enum Cell: Hashable {
        /// Prose in Markdown.
        case markdown(id: String, String)
        /// Python with what it gave.
        case code(id: String, String, outputs: [Output])
    }

    let cells: [Cell]

    /// The file as Jupyter itself writes it: keys sorted, one space a level, lines of text in a list.
    var json: String {
        var runCount = 0
        let cells = self.cells.map { cell -> NotebookJSON in
            switch cell {
            case .markdown(let id, let text):
                return .object([
                    "cell_type": .text("markdown"), "id": .text(id), "metadata": .object([:]),
                    "source": .lines(text),
                ])
            case .code(let id, let source, let outputs):
                runCount += 1
                let count = NotebookJSON.integer(runCount)
                return .object([
                    "cell_type": .text("code"), "execution_count": count, "id": .text(id),
                    "metadata": .object([:]), "outputs": .array(outputs.map(Self.json)),
                    "source": .lines(source),
                ])
            }
        }
        let kernel = NotebookJSON.object([
            "display_name": .text("Python 3"), "language": .text("python"), "name": .text("python3"),
        ])
        let document = NotebookJSON.object([
            "cells": .array(cells),
            "metadata": .object([
                "kernelspec": kernel, "language_info": .object(["name": .text("python")]),
            ]),
            "nbformat": .integer(4), "nbformat_minor": .integer(5),
        ])
        return document.rendered() + "\n"
    }

    private static func json(_ output: Output) -> NotebookJSON {
        switch output {
        case .printed(let text):
            .object([
                "name": .text("stdout"), "output_type": .text("stream"), "text": .lines(text),
            ])
        case .shown(let data):
            .object([
                "data": .object(data.mapValues(NotebookJSON.lines)), "metadata": .object([:]),
                "output_type": .text("display_data"),
            ])
        }
    }
}
