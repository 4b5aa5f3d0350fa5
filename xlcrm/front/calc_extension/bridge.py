"""The office's objects, over a pipe: this side holds them, the worker names them by number.

A message is one line of JSON. A value is JSON as it stands, except an object with one key that
begins with `$`: `$object` a number, `$struct` its type and fields, `$enum` its type and value,
`$typed` a type and a value that must arrive with exactly that type. The other side is
xlcrm.books.calc_engine.pipe.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import uno


class Bridge:
    """Carries out what the worker asks of the office."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._objects: dict[int, Any] = {}
        self._next = 0
        self._actions: dict[str, Callable[[dict[str, Any]], Any]] = {
            "get": self._get,
            "set": self._set,
            "call": self._call,
            "service": self._service,
            "same": self._same,
        }

    def hold(self, thing: Any) -> dict[str, int]:
        """A number for an object of the office, for the length of a command."""
        self._next += 1
        self._objects[self._next] = thing
        return {"$object": self._next}

    def held(self, number: int) -> Any:
        return self._objects[number]

    def clear(self) -> None:
        self._objects.clear()

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        """The reply to one request: its value, or what went wrong."""
        for number in message.get("release", ()):
            self._objects.pop(number, None)
        try:
            return {"value": self._actions[message["op"]](message)}
        except Exception as error:  # noqa: BLE001 - every refusal goes to the one who asked
            return {"error": [_kind(error), str(getattr(error, "Message", "") or error)]}

    def dumps(self, value: Any) -> str:
        return json.dumps(value, default=self._encode, ensure_ascii=False)

    def _get(self, message: dict[str, Any]) -> Any:
        return getattr(self._objects[message["on"]], message["name"])

    def _set(self, message: dict[str, Any]) -> None:
        setattr(self._objects[message["on"]], message["name"], self._decode(message["value"]))

    def _call(self, message: dict[str, Any]) -> Any:
        arguments = [self._decode(value) for value in message["args"]]
        return getattr(self._objects[message["on"]], message["name"])(*arguments)

    def _service(self, message: dict[str, Any]) -> Any:
        manager = self._context.ServiceManager
        return manager.createInstanceWithContext(message["name"], self._context)

    def _same(self, message: dict[str, Any]) -> bool:
        return bool(self._objects[message["on"]] == self._objects[message["other"]])

    def _encode(self, value: Any) -> Any:
        """What JSON does not know: structs, enums, everything else is an object."""
        if isinstance(value, uno.Enum):
            return {"$enum": [value.typeName, value.value]}
        if hasattr(type(value), "__pyunostruct__"):
            inner = value.__dict__["value"]  # the only one that lists its fields
            return {"$struct": [type(value).typeName, {n: getattr(inner, n) for n in dir(inner)}]}
        if isinstance(value, uno.ByteSequence):
            return None
        return self.hold(value)

    def _decode(self, value: Any) -> Any:
        if isinstance(value, list):
            return tuple([self._decode(v) if type(v) in (list, dict) else v for v in value])
        if not isinstance(value, dict):
            return value
        ((kind, content),) = value.items()
        if kind == "$object":
            return self._objects[content]
        if kind == "$enum":
            return uno.Enum(content[0], content[1])
        if kind == "$typed":
            return uno.Any(content[0], self._decode(content[1]))
        struct = uno.createUnoStruct(content[0])
        for name, field in content[1].items():
            setattr(struct, name, self._decode(field))
        return struct


def _kind(error: BaseException) -> str:
    return str(getattr(type(error), "typeName", None) or type(error).__name__)
