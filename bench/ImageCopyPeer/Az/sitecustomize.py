"""Lets every az that is started with this folder on PYTHONPATH ask for versions that are installed: az image copy starts az anew for each step."""
try:
    from azure.cli.core.profiles import AZURE_API_PROFILES
except ImportError:
    pass  # Not a Python that has az.
else:
    from az_installed_versions import use_installed
    use_installed(AZURE_API_PROFILES["latest"])
