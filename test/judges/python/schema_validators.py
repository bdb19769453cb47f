"""Whether each document of {schemas: {name: schema}, documents: [{schema, value}]} is valid: argv FILE, {validator:
[verdicts]} on stdout. jsonschema_rs is the Rust crate jsonschema."""
import json
import sys

import fastjsonschema
import jsonschema
import jsonschema_rs


def by_jsonschema(schema):
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema).is_valid


def by_fastjsonschema(schema):
    validate = fastjsonschema.compile(schema, use_default=False)

    def is_valid(value):
        try:
            validate(value)
        except fastjsonschema.JsonSchemaValueException:
            return False
        return True

    return is_valid


def by_rust(schema):
    return jsonschema_rs.Draft7Validator(schema).is_valid


VALIDATORS = {"jsonschema (Python)": by_jsonschema, "fastjsonschema (Python)": by_fastjsonschema, "jsonschema (Rust)": by_rust}

given = json.load(open(sys.argv[1]))
answer = {}
for name, compile_schema in VALIDATORS.items():
    compiled = {kind: compile_schema(schema) for kind, schema in given["schemas"].items()}
    answer[name] = [compiled[one["schema"]](one["value"]) for one in given["documents"]]
json.dump(answer, sys.stdout)
