"""The project file and the project at run time."""

from rai_check.project.file import (
    Characteristic,
    Meaning,
    ProjectFile,
    Role,
    project_digest,
    read_project,
)
from rai_check.project.project import Project, RoleTable, is_given

__all__ = [
    "Characteristic",
    "Meaning",
    "Project",
    "ProjectFile",
    "Role",
    "RoleTable",
    "is_given",
    "project_digest",
    "read_project",
]
