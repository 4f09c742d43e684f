"""Packages of QTI items: a ZIP archive whose `imsmanifest.xml` lists them."""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZipFile

from training.cases.importing.records import BrokenFile
from training.exchange.rules.archives import opened_archive
from training.exchange.rules.qti.reading import item_row
from training.exchange.rules.qti.writing import identifier_of
from training.exchange.rules.questions import Row, Unfit
from training.exchange.rules.xml_reading import Element, elements, quoted

MANIFEST = "imsmanifest.xml"
_ITEM_TYPES = ("imsqti_item_xmlv2p1", "imsqti_item_xmlv2p2")
_MANIFEST_NAMESPACE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_METADATA_NAMESPACE = "http://ltsc.ieee.org/xsd/LOM"


def package_rows(path: Path) -> Iterator[Row]:
    """The items of a package in the order of its manifest; each is on the line on which the manifest lists it. Raises BrokenFile."""
    with opened_archive(path) as archive:
        if MANIFEST not in archive.names:
            raise BrokenFile(1, f"is an archive without {MANIFEST}", "export a QTI package, or bring the items in one by one")
        for resource in _resources(archive.read(MANIFEST)):
            href = posixpath.normpath(unquote(resource.attributes.get("href", "")))
            name = resource.attributes.get("identifier", href)
            try:
                row = item_row(archive.read(href), _keywords(resource))
            except BrokenFile as broken:
                yield Unfit(resource.line, name, f"{href[:80]}, line {broken.line}: {broken.problem}", broken.remedy)
            else:
                yield replace(row, line=resource.line)


def _resources(held: bytes) -> Iterator[Element]:
    """The items that a manifest lists."""
    for part in elements([held], depth=3, root="manifest"):
        if part.name == "resource" and part.attributes.get("type", "").startswith(_ITEM_TYPES):
            yield part


def _keywords(resource: Element) -> tuple[str, ...]:
    return tuple(text for each in resource.descendants() if each.name == "keyword" and (text := each.text.strip()))


def qti_package(items: Iterable[tuple[str, str, tuple[str, ...]]]) -> bytes:
    """A package of these items: the name of each, its text, and its tags, which stand in the manifest as keywords."""
    file = BytesIO()
    resources = []
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, text, tags in items:
            href = f"items/{name}.xml"
            archive.writestr(href, text)
            resources.append(_resource(name, href, tags))
        archive.writestr(MANIFEST, _manifest(resources))
    return file.getvalue()


def _resource(name: str, href: str, tags: tuple[str, ...]) -> str:
    keywords = "".join(f"<keyword><string>{quoted(tag)}</string></keyword>" for tag in tags)
    metadata = f'<metadata><lom xmlns="{_METADATA_NAMESPACE}"><general>{keywords}</general></lom></metadata>' if keywords else ""
    identifier = quoted(identifier_of(name))
    return f'<resource identifier="{identifier}" type="imsqti_item_xmlv2p2" href="{quoted(href)}">{metadata}<file href="{quoted(href)}"/></resource>\n'


def _manifest(resources: list[str]) -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest xmlns="{_MANIFEST_NAMESPACE}" identifier="items">\n'
    about = "<metadata><schema>QTIv2.2 Package</schema><schemaversion>1.0.0</schemaversion></metadata>\n<organizations/>\n"
    return f"{head}{about}<resources>\n{''.join(resources)}</resources>\n</manifest>\n"
