"""Runs commands of the installed az, each in a process of its own that starts with az's modules in memory.

Of the second and more that an az command takes, most is Python reading az's modules. This process reads them once; a command
is a fork of it and runs az's own entry point, so that no command sees what another left behind.

Reads one JSON object a line, {"id", "arguments", "output", "error"}, and writes one, {"id", "exitCode"}, when that command has
ended. Ends with its input.
"""
import gc
import importlib
import json
import os
import runpy
import sys
import threading

import azure.cli.core.commands.client_factory
import azure.cli.core.commands.parameters
import azure.cli.core.file_util
import azure.cli.core.util
from azure.cli.core.profiles import AZURE_API_PROFILES, ResourceType

from az_installed_versions import use_installed


COMMANDS = ("vm", "network", "resource", "role", "profile", "cloud", "util")


def wanted_modules(profile):
    for area in COMMANDS:
        for part in ("", "._help", "._params", ".commands", ".custom"):
            yield "azure.cli.command_modules." + area + part
    compute = profile[ResourceType.MGMT_COMPUTE]
    packages = [("azure.mgmt.compute", version) for version in {compute.default_api_version, *compute.profile.values()}]
    packages += [("azure.mgmt.network", profile[ResourceType.MGMT_NETWORK]),
                 ("azure.mgmt.resource.resources", profile[ResourceType.MGMT_RESOURCE_RESOURCES])]
    for package, version in packages:
        for part in ("", ".models", ".operations"):
            yield f"{package}.v{version.replace('-', '_')}{part}"


def read_modules(profile):
    for module in wanted_modules(profile):
        try:
            importlib.import_module(module)
        except ImportError:
            pass  # Not every area and version has all parts; az itself says so where it needs one that is not there.


def run(request):
    """In the fork: az, as its own script runs it."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream, path in ((1, request["output"]), (2, request["error"])):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), stream)
    sys.argv = ["az", *request["arguments"]]
    runpy.run_module("azure.cli")


def main():
    use_installed(AZURE_API_PROFILES["latest"])
    read_modules(AZURE_API_PROFILES["latest"])
    gc.freeze()
    writing = threading.Lock()

    def tell_end(process, request):
        exit_code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        with writing:
            print(json.dumps({"id": request["id"], "exitCode": exit_code}), flush=True)

    for line in sys.stdin:
        request = json.loads(line)
        process = os.fork()
        if process == 0:
            run(request)
            sys.exit(0)
        threading.Thread(target=tell_end, args=(process, request), daemon=True).start()


main()
