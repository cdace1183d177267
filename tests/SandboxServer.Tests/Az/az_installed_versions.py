"""Lets az ask for API versions that its installed SDK has.

Debian 12 packages azure-cli 2.45.0 beside an older azure-sdk: az asks for Compute 2022-11-01 and Network 2022-01-01, which
are not in it, and every `az vm`, `az image` and `az network` ends before a request is sent. Here az is told of the newest
versions that are installed. Nothing else of it is touched, and where all versions are there, nothing is.
"""
import importlib
import pkgutil

from azure.cli.core.profiles import ResourceType

PACKAGES = {ResourceType.MGMT_COMPUTE: "azure.mgmt.compute", ResourceType.MGMT_NETWORK: "azure.mgmt.network"}


def installed_versions(package):
    folders = (module.name for module in pkgutil.iter_modules(importlib.import_module(package).__path__))
    return {folder[1:].replace("_", "-") for folder in folders if folder.startswith("v2") and "preview" not in folder}


def use_installed(profile):
    for resource, package in PACKAGES.items():
        versions = installed_versions(package)
        if not versions:
            continue
        asked = profile[resource]
        if isinstance(asked, str):
            profile[resource] = asked if asked in versions else max(versions)
        else:
            asked.profile.update({group: max(versions) for group, version in asked.profile.items() if version not in versions})
