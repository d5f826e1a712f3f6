"""What LibreOffice shows of Word files, as JSON lines: paragraphs with labels, both views. Run by the system's Python.

Usage: oracle_word.py PORT FILE... ; a LibreOffice must listen on PORT. Development only.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue


def _property(name: str, value: object) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def _paragraphs(text: Any) -> list[list[str]]:
    found = []
    cursor = text.createEnumeration()
    while cursor.hasMoreElements():
        element = cursor.nextElement()
        if element.supportsService("com.sun.star.text.TextTable"):
            for name in element.getCellNames():
                found += _paragraphs(element.getCellByName(name))
        else:
            found.append([element.ListLabelString, element.getString()])
    return found


def main() -> None:
    port, files = sys.argv[1], sys.argv[2:]
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(60):
        try:
            context = resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
            break
        except Exception:
            time.sleep(0.5)
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    for name in files:
        result: dict[str, Any] = {"file": Path(name).name}
        for command in ("AcceptAllTrackedChanges", "RejectAllTrackedChanges"):
            try:
                document = desktop.loadComponentFromURL(Path(name).as_uri(), "_blank", 0, (_property("Hidden", True),))
                dispatcher.executeDispatch(document.CurrentController.Frame, f".uno:{command}", "", 0, ())
                result[command[:6]] = _paragraphs(document.Text)
                document.close(True)
            except Exception as problem:
                result["error"] = str(problem)[:200]
                break
        print(json.dumps(result), flush=True)
    desktop.terminate()


main()
