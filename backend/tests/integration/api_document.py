"""Reads the server's own OpenAPI document: operations, and example values for their schemas."""
import itertools

METHODS = ("get", "head", "post", "put", "patch", "delete")
_numbers = itertools.count(1)


class Operation:
    def __init__(self, document, path, method, value):
        self.document, self.path, self.method, self.value = document, path, method.upper(), value
        self.name = value["operationId"]
        self.access, self.permission = value["x-access"], value.get("x-permission")
        self.step_up, self.operators_only = value.get("x-step-up", False), value.get("x-operators-only", False)
        self.parameters = [document.resolve(p) for p in value.get("parameters", [])]

    def named(self, place):
        return {p["name"]: document_schema for p in self.parameters if p["in"] == place
                for document_schema in [self.document.resolve(p["schema"])]}

    @property
    def path_names(self):
        return [p["name"] for p in self.parameters if p["in"] == "path"]

    @property
    def conditional(self):
        return "If-Match" in self.named("header")

    @property
    def body_schema(self):
        content = self.value.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        return self.document.resolve(schema) if schema else None

    @property
    def raw_body(self):
        return "requestBody" in self.value and self.body_schema is None

    def answer_faults(self, answer):
        """What a successful answer says otherwise than the document."""
        described = self.value["responses"].get(str(answer.status))
        if described is None:
            return [f"the document knows no answer {answer.status}"]
        content, kind = described.get("content", {}), answer.headers.get("content-type", "").partition(";")[0]
        if not content:
            return [f"a body where none is described: {answer.text[:100]}"] if answer.raw else []
        if kind not in content and "application/octet-stream" not in content:
            return [f"{kind} where {list(content)} is described"]
        return self.document.faults(content[kind]["schema"], answer.json) if kind == "application/json" else []

    @property
    def success(self):
        return next(int(status) for status in self.value["responses"] if status.startswith("2"))

    def __repr__(self):
        return f"{self.name} ({self.method} {self.path})"


class Document:
    def __init__(self, value):
        self.value = value
        self.operations = [Operation(self, path, method, operation) for path, methods in value["paths"].items()
                           for method, operation in methods.items() if method in METHODS]

    def resolve(self, schema):
        while "$ref" in schema:
            found = self.value
            for part in schema["$ref"].lstrip("#/").split("/"):
                found = found[part]
            schema = found
        return schema

    def example(self, schema, optional=False):
        """A small value that fits; with all optional members if wished."""
        schema = self.resolve(schema)
        if "enum" in schema:
            return schema["enum"][0]
        if "const" in schema:
            return schema["const"]
        for choice in ("anyOf", "oneOf"):
            if choice in schema:
                return self.example(schema[choice][0], optional)
        kind = schema.get("type", "object")
        if isinstance(kind, list):
            kind = kind[0]
        return getattr(self, "example_" + kind)(schema, optional)

    def faults(self, schema, value, place=""):
        """Where the value is not what the schema says; as far as our documents go."""
        schema = self.resolve(schema)
        if "anyOf" in schema:
            return [] if any(not self.faults(choice, value, place) for choice in schema["anyOf"]) else [f"{place}: fits no choice"]
        kinds = schema.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if kinds and not any(self.is_a(kind, value) for kind in kinds):
            return [f"{place}: {value!r} is no {kinds}"]
        if "enum" in schema and value not in schema["enum"]:
            return [f"{place}: {value!r} is none of {schema['enum']}"]
        found = []
        if isinstance(value, dict):
            members, rest = schema.get("properties", {}), schema.get("additionalProperties", {})
            found += [f"{place}/{name}: is missing" for name in schema.get("required", []) if name not in value]
            for name, member in value.items():
                if name not in members and ("properties" in schema or rest is False) and not rest:
                    found.append(f"{place}/{name}: is not described")
                found += self.faults(members.get(name, rest or {}), member, f"{place}/{name}")
        if isinstance(value, list):
            for index, item in enumerate(value):
                found += self.faults(schema.get("items", {}), item, f"{place}/{index}")
        return found

    @staticmethod
    def is_a(kind, value):
        if isinstance(value, bool) or value is None:
            return kind == ("boolean" if isinstance(value, bool) else "null")
        types = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float)}
        return isinstance(value, types.get(kind, ()))

    def example_object(self, schema, optional):
        required = schema.get("required", [])
        return {name: self.example(member, optional) for name, member in schema.get("properties", {}).items()
                if optional or name in required}

    def example_array(self, schema, optional):
        return [self.example(schema["items"], optional)] if optional or schema.get("minItems") else []

    def example_string(self, schema, _optional):
        number = next(_numbers)
        formats = {"date-time": "2030-01-01T00:00:00Z", "email": f"somebody{number}@example.com", "uuid": "0" * 8}
        text = formats.get(schema.get("format"), f"x{number}")
        return text.ljust(schema.get("minLength", 0), "x")[:schema.get("maxLength", 1000)]

    def example_integer(self, schema, _optional):
        return schema.get("minimum", 1)

    def example_number(self, schema, _optional):
        return schema.get("minimum", 1.5)

    def example_boolean(self, _schema, _optional):
        return False

    def example_null(self, _schema, _optional):
        return None
