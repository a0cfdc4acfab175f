"""Prints the app manifest for Slack's "Create New App, From a manifest"."""

import json

import typer

from bot.manifest import build_manifest


def print_manifest(*, url: str, many: bool, private: bool, organisation: bool) -> None:
    """Write the manifest as JSON; raises SettingsError for an address that Slack would refuse."""
    wanted = build_manifest(url=url, many=many, private=private, organisation=organisation)
    typer.echo(json.dumps(wanted, indent=2, ensure_ascii=False))
