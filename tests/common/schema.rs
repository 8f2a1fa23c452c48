//! The little of JSON Schema that CSL's schema uses.

use serde_json::Value;

/// What of `value` breaks `schema`, as paths and reasons.
pub fn validate(root: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut errors = Vec::new();
    check(root, schema, value, "", &mut errors);
    errors
}

fn check(root: &Value, schema: &Value, value: &Value, path: &str, errors: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).expect("the reference leads somewhere");
        return check(root, target, value, path, errors);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let fits = choices.iter().any(|choice| validate(root, choice, value).is_empty());
        if !fits {
            errors.push(format!("{path}: none of the choices fits"));
        }
    }
    check_type(schema, value, path, errors);
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        errors.push(format!("{path}: {value} is none of the allowed"));
    }
    if let Some(elements) = value.as_array() {
        let (least, most) = (schema["minItems"].as_u64(), schema["maxItems"].as_u64());
        let count = elements.len() as u64;
        if least.is_some_and(|least| count < least) || most.is_some_and(|most| count > most) {
            errors.push(format!("{path}: {count} elements"));
        }
        if schema["items"].is_object() {
            for (at, element) in elements.iter().enumerate() {
                check(root, &schema["items"], element, &format!("{path}/{at}"), errors);
            }
        }
    }
    if let Some(members) = value.as_object() {
        for required in schema["required"].as_array().into_iter().flatten() {
            if !members.contains_key(required.as_str().unwrap()) {
                errors.push(format!("{path}: {required} is missing"));
            }
        }
        for (name, member) in members {
            match schema["properties"].get(name) {
                Some(schema) => check(root, schema, member, &format!("{path}/{name}"), errors),
                None if schema["additionalProperties"] == Value::Bool(false) => {
                    errors.push(format!("{path}/{name}: no such member"))
                }
                None => {}
            }
        }
    }
}

fn check_type(schema: &Value, value: &Value, path: &str, errors: &mut Vec<String>) {
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    let own = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !types.contains(&own) {
        errors.push(format!("{path}: {own} where {types:?} should be"));
    }
}
