"""Another way to a running office: its objects over the pipe of the xlcrm extension.

The extension runs within the office and holds its objects; here a `Remote` stands for each, and
every use of it is one message. A name that begins with a capital is a property, the others are
methods, as everywhere in UNO. The other side, and the messages, are in
xlcrm.front.calc_extension.bridge.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

from xlcrm.books.calc_engine.errors import CalcError


class OfficeError(CalcError):
    """The office refused; `kind` is the name of its exception."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message or kind)
        self.kind = kind


class Remote:
    """An object of the office."""

    __slots__ = ("_link", "_number")

    def __init__(self, link: PipeLink, number: int) -> None:
        object.__setattr__(self, "_link", link)
        object.__setattr__(self, "_number", number)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name[0].islower():
            return lambda *args: self._link.ask("call", on=self._number, name=name, args=args)
        return self._link.ask("get", on=self._number, name=name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._link.ask("set", on=self._number, name=name, value=value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Remote):
            return False
        if self._number == other._number:
            return True
        return bool(self._link.ask("same", on=self._number, other=other._number))

    def __hash__(self) -> int:
        return hash(self._number)

    def __del__(self) -> None:
        self._link.release(self._number)


class Struct:
    """A struct of the office: a type and its fields, by value."""

    _type: str

    def __init__(self, type_: str, fields: dict[str, Any]) -> None:
        self.__dict__.update(fields)
        self.__dict__["_type"] = type_

    def as_json(self) -> dict[str, Any]:
        return {"$struct": [self._type, {k: v for k, v in self.__dict__.items() if k != "_type"}]}


class EnumValue:
    """A value of an enumeration of the office."""

    def __init__(self, type_: str, value: str) -> None:
        self.typeName = type_
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EnumValue) and self.as_json() == other.as_json()

    def __hash__(self) -> int:
        return hash(self.value)

    def as_json(self) -> dict[str, Any]:
        return {"$enum": [self.typeName, self.value]}


class Typed:
    """A value that must arrive with exactly that type."""

    def __init__(self, type_: str, value: Any) -> None:
        self._type, self._value = type_, value

    def as_json(self) -> dict[str, Any]:
        return {"$typed": [self._type, self._value]}


class PipeLink:
    """The office at the other end of a pipe.

    `exchange` sends a request, with `encode` for what JSON does not know, and gives the line of
    the answer.
    """

    errors: tuple[type[BaseException], ...] = (OfficeError,)

    def __init__(self, exchange: Callable[[dict[str, Any]], str]) -> None:
        self._exchange = exchange
        self._released: list[int] = []
        self._lock = threading.Lock()
        self._desktop: Any = None

    @property
    def desktop(self) -> Any:
        if self._desktop is None:
            self._desktop = self.service("com.sun.star.frame.Desktop")
        return self._desktop

    def held(self, number: int) -> Remote:
        """The object that the other side holds under a number."""
        return Remote(self, number)

    def service(self, name: str) -> Any:
        return self.ask("service", name=name)

    def struct(self, name: str, **fields: Any) -> Struct:
        return Struct(name, fields)

    def enum(self, name: str, value: str) -> EnumValue:
        return EnumValue(name, value)

    def typed(self, name: str, value: Any) -> Typed:
        return Typed(name, value)

    def release(self, number: int) -> None:
        self._released.append(number)

    def ask(self, op: str, **fields: Any) -> Any:
        """One request to the office; raises OfficeError, or AttributeError for an unknown name."""
        with self._lock:
            released, self._released = self._released, []
            answer = self._exchange({"op": op, "release": released, **fields})
        reply = json.loads(answer, object_hook=self._decode)
        if error := reply.get("error"):
            kind, message = error
            if kind == "AttributeError":
                raise AttributeError(message)
            raise OfficeError(kind, message)
        return reply.get("value")

    def _decode(self, found: dict[str, Any]) -> Any:
        if "$object" in found:
            return Remote(self, found["$object"])
        if "$struct" in found:
            type_, fields = found["$struct"]
            return Struct(type_, fields)
        if "$enum" in found:
            return EnumValue(*found["$enum"])
        return found


def encode(value: Any) -> Any:
    if isinstance(value, Remote):
        return {"$object": value._number}
    if hasattr(value, "as_json"):
        return value.as_json()
    raise TypeError(f"{type(value).__name__} does not pass to the office")
