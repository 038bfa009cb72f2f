"""The project file and the project at run time."""

from rai_check.project.columns import Characteristic, Meaning
from rai_check.project.file import ProjectFile, project_digest, read_project
from rai_check.project.project import Project, is_given
from rai_check.project.role_table import RoleTable
from rai_check.project.table_file import Role

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
