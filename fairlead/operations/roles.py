"""The names of the embedded server's roles and database."""

OWNER = "fairlead_owner"
APP = "fairlead_app"
DATABASE = "fairlead"
