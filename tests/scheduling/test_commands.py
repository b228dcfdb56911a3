"""Every taskmix command in the examples is one that taskmix takes."""

import ast
import re
import shlex

import pytest
import typer
from typer.main import get_command

from taskmix.cli.app import app

#: Where a shell's command ends and another begins.
ENDS = re.compile(r"[;&|(){}]+")
REDIRECTED = re.compile(r"""\d?>>?\s*(?:&\d|"[^"]*"|\S+)""")
KNOWN = ("batch", "doctor", "ingest", "sort")


def parse(words):
    """Let taskmix's own parser take a command's words, without running it."""
    command, rest = get_command(app), list(words)
    context = typer.Context(command, info_name="taskmix")
    while hasattr(command, "resolve_command"):
        name, command, rest = command.resolve_command(context, rest)
        context = typer.Context(command, parent=context, info_name=name)
    command.parse_args(context, rest)


def shell_commands(text):
    """Find the taskmix commands in a shell's text; gives the words after ``taskmix``."""
    for line in text.replace("\\\n", " ").splitlines():
        words = shlex.shlex(REDIRECTED.sub("", line), posix=True, punctuation_chars=True)
        words.whitespace_split = True
        command = []
        for word in [*words, ";"]:
            if not ENDS.fullmatch(word):
                command.append(word)
                continue
            # Before a command may stand what assigns its output: found=$(taskmix …)
            if command and command[0].rsplit("/", 1)[-1] == "taskmix":
                yield command[1:]
            command = []


def fenced(text, language):
    return "\n".join(re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE))


def written(examples):
    """Read every command from the files: where it stands → its words."""
    crontab = (examples / "cron" / "taskmix.crontab").read_text()
    lines = [line.split(maxsplit=5)[5] for line in crontab.splitlines() if re.match(r"\d", line)]
    yield from (("cron", words) for words in shell_commands("\n".join(lines)))
    for unit in sorted((examples / "systemd").glob("*.service")):
        starts = re.findall(r"^Exec\w+=(.*)$", unit.read_text(), re.MULTILINE)
        yield from ((unit.name, words) for words in shell_commands("\n".join(starts)))
    workflow = (examples / "github-actions" / "taskmix.yml").read_text()
    lines = re.findall(r"^(?:\s+run: | {10})(taskmix .*)$", workflow, re.MULTILINE)
    yield from (("github-actions", words) for words in shell_commands("\n".join(lines)))
    dag = ast.parse((examples / "airflow" / "taskmix_dag.py").read_text())
    for node in ast.walk(dag):
        match node:
            case ast.Assign(targets=[ast.Name("BATCH")], value=ast.List(elts=[_, *rest])):
                yield "airflow", [ast.literal_eval(word) for word in rest]
            case ast.keyword("bash_command", ast.JoinedStr([_, ast.Constant(said)])):
                yield "airflow", said.split()
    readme = (examples / "README.md").read_text()
    yield from (("README.md", words) for words in shell_commands(fenced(readme, "sh")))


def test_every_file_has_its_commands(examples):
    found = {}
    for where, words in written(examples):
        found.setdefault(where, []).append(words[0])
    assert found == {
        "cron": ["ingest", "sort", "batch", "doctor"],
        "taskmix.service": ["ingest", "sort", "batch"],
        "taskmix-failed.service": ["doctor"],
        "github-actions": ["ingest", "sort", "batch", "doctor"],
        "airflow": ["batch", "ingest", "sort"],
        "README.md": ["batch", "doctor"],
    }


@pytest.mark.parametrize("verb", KNOWN)
def test_taskmix_takes_every_command_of_the_examples(examples, verb):
    commands = [words for _, words in written(examples) if words[0] == verb]
    assert commands
    for words in commands:
        parse(words)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("taskmix ingest --dry-runs 2>&1", r"No such option: --dry-runs"),
        ("taskmix report >>log", r"Missing parameter: period"),
        ("out=$(taskmix verify --replicates 1)", r"greater than or equal to 50"),
        ("taskmix overnight", r"No such command 'overnight'"),
    ],
)
def test_what_taskmix_does_not_take_is_found(line, sentence):
    (words,) = shell_commands(line)
    with pytest.raises(typer.BadParameter.__base__, match=sentence):
        parse(words)
