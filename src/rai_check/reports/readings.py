"""How each input was read, and what each step on its rows lost, in sentences."""

from rai_check.disclosed import PublicAssessment
from rai_check.disclosed_inputs import PublicInput, PublicLeftOut, PublicReading, PublicStep
from rai_check.reports.numerals import count, listed, sentence

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def inputs(a: PublicAssessment) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(name and file, sentences) of every input of which there is more to say than its rows."""
    found = ((f"{one.name} ({one.file})", sentences(one)) for one in a.inputs)
    return tuple((name, said) for name, said in found if said)


def losses(a: PublicAssessment) -> tuple[str, ...]:
    """One line for each input of which rows were left out or have no answer; for the terminal."""
    rows = []
    for one in a.inputs:
        said = [_left(one.reading.left_out)] if one.reading and one.reading.left_out else []
        said += [_step(step) for step in one.steps if step.left_out or step.unset or step.unused]
        if said:
            rows.append(sentence(f"{one.name}: {'; '.join(said)}"))
    return tuple(rows)


def sentences(one: PublicInput) -> tuple[str, ...]:
    """Everything there is to say of one input."""
    rows = _reading(one.reading) if one.reading else []
    rows += [sentence(f"Step {n}: {_whole_step(step)}") for n, step in enumerate(one.steps, 1)]
    return tuple(rows)


def _reading(reading: PublicReading) -> list[str]:
    rows = [sentence(f"Read as {listed(how)}")] if (how := _how(reading)) else []
    if reading.left_out:
        rows.append(sentence(f"Not records, and left out: {_left(reading.left_out)}"))
    for remark in reading.remarks:
        number = "" if remark.n is None else count(remark.n)
        rows.append(sentence(remark.text.replace("{n}", number)))
    return rows


def _how(reading: PublicReading) -> list[str]:
    """Encoding, columns, sheet and header; nothing for what is stored as a table."""
    how = [f"text in {reading.encoding}"] if reading.encoding else []
    if reading.delimiter:
        how.append(f"columns set apart by {_DELIMITERS.get(reading.delimiter, reading.delimiter)}")
    if reading.line_ends:
        how.append(f"line ends {reading.line_ends}")
    if reading.sheet:
        how.append(f"sheet {reading.sheet!r}")
    elif reading.sheet_number:
        how.append(f"sheet {reading.sheet_number}")
    if reading.header_rows and reading.header_rows != (1,):
        word = "row" if len(reading.header_rows) == 1 else "rows"
        how.append(f"column names from {word} {listed([str(n) for n in reading.header_rows])}")
    return how


def _left(rows: tuple[PublicLeftOut, ...]) -> str:
    return listed([f"{count(one.rows)} {_word(one)} {one.why}" for one in rows])


def _word(one: PublicLeftOut) -> str:
    return "row" if one.rows.value == 1 else "rows"


def _step(step: PublicStep) -> str:
    said = []
    if step.left_out:
        said.append(f"lost {_left(step.left_out)}")
    if step.unset:
        said.append(f"has no answer for {_left(step.unset)}")
    if step.unused:
        said.append(f"could not use {_left(step.unused)}")
    return f"{step.does} {listed(said)}"


def _whole_step(step: PublicStep) -> str:
    flow = f"{count(step.rows_in)} rows in, {count(step.rows_out)} out"
    lost = f"; lost {_left(step.left_out)}" if step.left_out else ""
    unset = f"; no answer for {_left(step.unset)}" if step.unset else ""
    unused = f"; could not use {_left(step.unused)}" if step.unused else ""
    return f"{step.does}: {flow}{lost}{unset}{unused}"
