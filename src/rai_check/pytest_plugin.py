"""`pytest --rai`: the controls of a project as test items, and its verdict as the exit status.

Without `--rai` this module adds options and does nothing else; at start-up it imports the
standard library and pytest only.
"""

import os
import sys
from collections.abc import Generator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from rai_check.assessment import Assessment
    from rai_check.pytest_assess import Asked

NAMES = ("rai_check", "rai_check.pytest_plugin")
"""Of the entry point, and of the module for `-p`: pytest refuses a module under two names."""
DEFAULT = "rai.yaml"


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the options; and, being registered under one name, block the other."""
    for name in NAMES:
        if name != pluginmanager.get_name(sys.modules[__name__]):
            pluginmanager.set_blocked(name)
    group = parser.getgroup("rai-check", "responsible-AI assessment (rai-check)")
    add = group.addoption
    add("--rai", action="store_true", help="Assess the project; one item for each control.")
    add("--rai-config", metavar="PATH", help="Project file. Default: rai.yaml, here or in rootdir.")
    add("--rai-stage", metavar="STAGE", help="A later stage than the project file's.")
    add("--rai-measurements", metavar="PATH", help="Judge these measurements; read no data.")
    add("--rai-as-of", metavar="DATE", help="Day to judge as of (YYYY-MM-DD); past: no verdict.")
    add("--rai-max-age", metavar="DAYS", type=int, help="Greatest age of measurements (31).")


def pytest_configure(config: pytest.Config) -> None:
    """Take part only where asked to."""
    if config.getoption("rai"):
        from rai_check.pytest_items import MARK

        config.addinivalue_line("markers", f"{MARK}: a control of the project (rai-check)")
        config.pluginmanager.register(RaiSession(config), "rai-check-session")


class RaiSession:
    """One session with `--rai`: assesses once, shows every control, decides the exit status."""

    def __init__(self, config: pytest.Config) -> None:
        from rai_check.pytest_items import SHOWN, Shown

        self.config = config
        self.assessment: Assessment | None = None
        self.ran: set[str] = set()
        """Ids of the controls whose result was reported, here or by a worker."""
        handed = getattr(config, "workerinput", None)
        if handed is not None:
            config.stash[SHOWN] = tuple(Shown(**one) for one in handed["rai_check"])

    @cached_property
    def path(self) -> Path:
        """The project file; not looked for by `--help`, `--fixtures` and their like."""
        here = self.config.invocation_params.dir
        given = self.config.getoption("rai_config")
        folders = [here] if given else [here, self.config.rootpath]
        for place in (folder / (given or DEFAULT) for folder in folders):
            if place.is_file():
                return Path(os.path.abspath(place))  # noqa: PTH100 - resolve() would follow links; pytest does not
        raise pytest.UsageError(
            f"--rai: there is no file {str(given or DEFAULT)!r}; name the project file with "
            "--rai-config PATH."
        )

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_setupnodes(self) -> None:
        """Assess before pytest-xdist starts its workers."""
        self._prepare()

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:  # noqa: ANN401 - pytest-xdist has no public type
        """Hand a worker what it is to show; it never assesses, and sees no count."""
        from dataclasses import asdict

        from rai_check.pytest_items import SHOWN

        node.workerinput["rai_check"] = [asdict(one) for one in self.config.stash[SHOWN]]

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Assess before anything is collected, so that a broken project collects nothing."""
        self._prepare()
        return (yield)

    def _prepare(self) -> None:
        from rai_check.pytest_items import SHOWN

        if SHOWN in self.config.stash:
            return
        from rai_check import pytest_assess, pytest_shown

        asked = self._asked()
        if self.config.getoption("collectonly"):
            self.config.stash[SHOWN] = pytest_assess.listed(asked)
        else:
            self.assessment = pytest_assess.assessed(asked)
            self.config.stash[SHOWN] = pytest_shown.shown(self.assessment)

    def _asked(self) -> "Asked":
        from rai_check.pytest_assess import Asked

        option = self.config.getoption
        measured = option("rai_measurements")
        return Asked(
            project=self.path,
            measurements=self.config.invocation_params.dir / measured if measured else None,
            stage=option("rai_stage"),
            as_of=option("rai_as_of"),
            max_age_days=option("rai_max_age"),
        )

    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        """Collect the project file where pytest comes upon it."""
        from rai_check.pytest_items import SHOWN, RaiFile

        if SHOWN not in self.config.stash or file_path.name != self.path.name:
            return None
        if not file_path.samefile(self.path):
            return None
        return RaiFile.from_parent(parent, path=file_path)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Add the controls where the arguments did not lead to the project file."""
        from rai_check.pytest_items import SHOWN, RaiFile, RaiItem

        if SHOWN in self.config.stash and not any(isinstance(item, RaiItem) for item in items):
            items.extend(session.genitems(RaiFile.from_parent(session, path=self.path)))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Write the result in last, around what marks and other plugins made of it."""
        from rai_check.pytest_items import RaiItem, mark

        report = yield
        if isinstance(item, RaiItem):
            mark(report, item.shown, call)
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(
        self, report: pytest.TestReport | pytest.CollectReport
    ) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
        """Show each outcome as what it is."""
        from rai_check.pytest_items import status

        return status(report)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep count of the controls that ran, here or on a worker."""
        from rai_check.pytest_items import control_run

        if (found := control_run(report)) is not None:
            self.ran.add(found)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(
        self, terminalreporter: "pytest.TerminalReporter"
    ) -> Generator[None, object, object]:
        """Close with the text of the command line, the verdict last."""
        result = yield
        if self.assessment is not None:
            from rai_check.pytest_shown import closing, narrowed

            final = narrowed(self.assessment, frozenset(self.ran))
            verbose = self.config.get_verbosity() > 0
            terminalreporter.write_sep("=", f"rai-check: {self.path.name}")
            terminalreporter.write_line(
                closing(final, colour=terminalreporter.hasmarkup, verbose=verbose)
            )
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Let no run end with 0 that the command line would not end with 0."""
        result = yield
        if self.assessment is not None and not session.exitstatus:
            from rai_check.pytest_shown import narrowed

            if narrowed(self.assessment, frozenset(self.ran)).judgement.exit:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED
        return result
