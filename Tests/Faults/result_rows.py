"""What a results database says, without times and row numbers: equal for two sweeps that did the same."""
import sqlite3
from pathlib import Path

STEP = ["seed", "loss_plus", "loss_minus", "projected_gradient", "dropped_bits", "dropped_bits_63", "float_bits"]
EVALUATION = ["loss", "metric", "value", "exact_match"]
PREDICTION = ["example", "chosen_option", "gold_option", "option_scores", "generated_text", "score", "exact_match"]


class Database:
    """A results database, opened to read."""

    def __init__(self, path: Path):
        self.connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
        self.connection.row_factory = sqlite3.Row

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def damage(self) -> list[str]:
        """What SQLite's own checks find wrong."""
        found = [row[0] for row in self.connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"foreign key: {tuple(row)}" for row in self.connection.execute("PRAGMA foreign_key_check")]
        return found

    def _values(self, row: sqlite3.Row, names: list[str]) -> tuple:
        # Floats are compared by value, which for what SQLite holds is by bits; columns of later versions may lack.
        return tuple(row[name] for name in names if name in row.keys())

    def committed(self) -> dict[tuple, tuple]:
        """Every step, evaluation, prediction and end of a trial, by trial identity and place."""
        rows: dict[tuple, tuple] = {}
        query = self.connection.execute
        trials = {row["id"]: row["identity"] for row in query("SELECT id, identity FROM trial")}
        for row in query("SELECT * FROM step"):
            key = (trials[row["trial_id"]], "step", row["step"])
            assert key not in rows, f"twice: {key}"
            rows[key] = self._values(row, STEP)
        evaluations = {}
        for row in query("SELECT * FROM evaluation"):
            key = (trials[row["trial_id"]], "evaluation", row["step"], row["split"])
            assert key not in rows, f"twice: {key}"
            rows[key] = self._values(row, EVALUATION)
            evaluations[row["id"]] = key
        for row in query("SELECT * FROM prediction"):
            key = (*evaluations[row["evaluation_id"]], "prediction", row["position"])
            rows[key] = self._values(row, PREDICTION)
        for row in query("SELECT * FROM trial WHERE status = 'done'"):
            rows[(row["identity"], "end")] = (row["steps_done"], row["best_step"], row["weights_digest"])
        return rows

    def rounds(self) -> dict[tuple, tuple]:
        """The numbers of every timed step, by cell and place; its times are left out."""
        query = """SELECT cell.json AS cell, round.round AS number, round_step.* FROM round
            JOIN cell ON cell.id = round.cell_id JOIN round_step ON round_step.round_id = round.id"""
        return {
            (row["cell"], row["number"], row["step"]): self._values(row, STEP)
            for row in self.connection.execute(query)
        }

    def everything(self) -> dict[tuple, tuple]:
        """The finished content of a sweep."""
        return {**self.committed(), **self.rounds()}


def differences(wanted: dict[tuple, tuple], found: dict[tuple, tuple]) -> list[str]:
    """Rows of one that the other lacks or has otherwise."""
    lines = [f"missing: {key}" for key in wanted.keys() - found.keys()]
    lines += [f"too many: {key}" for key in found.keys() - wanted.keys()]
    lines += [f"other: {key}: {wanted[key]} is now {found[key]}" for key in wanted.keys() & found.keys()
              if wanted[key] != found[key]]
    return sorted(lines)
