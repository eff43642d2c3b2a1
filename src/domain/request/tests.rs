//! Tests of structs of parameters.

use super::*;
use crate::account::Language;
use crate::id::{AdminId, PhpConfigId};
use crate::unit::Unit;
use serde_json::json;

request! {
    /// A request of these tests.
    pub struct Sample {
        required {
            /// Last name
            name: Line,
        }
        with {
            /// The rest
            more: More,
        }
        /// PHP
        phpenabled: bool,
        /// Disk space in MiB; -1 means unlimited
        diskspace: LimitParameter<{ 1 << 20 }>,
        /// No limit; overrides the number
        diskspace_ul: bool,
        /// Id of the owner
        adminid: AdminId,
        /// PHP configurations
        allowed_phpconfigs: Vec<PhpConfigId>,
        hidden {
            /// Plan that the form applied
            applied: i64,
        }
    }
}

request! {
    /// Parameters of a nested struct.
    pub struct More {
        /// Language of the panel and of emails
        def_language: Language,
    }
}

request! {
    /// The reference to a row.
    pub struct Row {
        required {
            /// Id of the row
            id: RowId,
        }
    }
}

fn values(value: Value) -> Values {
    let Value::Object(map) = value else { panic!("an object") };
    map
}

fn codes<R>(received: &Received<R>) -> Vec<(&str, &str)> {
    received.errors.iter().map(|(field, errors)| (field, errors[0].code.as_str())).collect()
}

#[test]
fn every_error_is_found_in_one_pass() {
    let sent = json!({ "name": ["x"], "phpenabled": "maybe", "diskspace": -3, "adminid": -1, "def_language": "xx", "isphpenabled": 1 });
    let received = Received::<Sample>::new(values(sent));
    let expected = [
        ("adminid", "number-negative"),
        ("def_language", "language-unknown"),
        ("diskspace", "number-negative"),
        ("isphpenabled", "parameter-unknown"),
        ("name", "type-text"),
        ("phpenabled", "type-flag"),
    ];
    assert_eq!(codes(&received), expected);
}

#[test]
fn values_are_read_and_absent_ones_stay_absent() {
    let sent = json!({ "name": " Lee ", "phpenabled": "on", "diskspace": "5", "adminid": 0, "allowed_phpconfigs": "2,1", "def_language": "" });
    let sample = Received::<Sample>::new(values(sent)).finish().unwrap();
    assert_eq!(sample.name.as_ref().map(|line| line.0.as_str()), Some("Lee"));
    assert_eq!(sample.phpenabled, Sent::Value(true));
    assert_eq!(sample.diskspace, Sent::Value(LimitParameter(Quota::Limited(5 << 20))));
    assert_eq!(sample.allowed_phpconfigs, Sent::Value(vec![PhpConfigId(1), PhpConfigId(2)]));
    assert_eq!(
        (sample.adminid, sample.more.def_language, sample.applied),
        (Sent::Absent, Sent::Absent, Sent::Absent)
    );
}

#[test]
fn limits_are_read_in_the_notation_of_people() {
    let read = |text: &str| {
        Received::<Sample>::read(
            values(json!({ "name": "Lee", "diskspace": text })),
            Notation::Person(Some(Language::De)),
        )
    };
    assert_eq!(
        read("2.048").request.diskspace,
        Sent::Value(LimitParameter(Quota::Limited(2 << 30)))
    );
    assert_eq!(
        read("2,5 GiB").request.diskspace,
        Sent::Value(LimitParameter(Quota::Limited(5 << 29)))
    );
    assert_eq!(codes(&read("5 apples")), [("diskspace", "number-invalid")]);
    assert_eq!(read(" ").request.diskspace, Sent::Absent);
    assert_eq!(read(" -1 ").request.diskspace, Sent::Value(LimitParameter(Quota::Unlimited)));
    assert_eq!(codes(&read("-2")), [("diskspace", "number-negative")]);
    let unlimited = json!({ "name": "Lee", "diskspace": "nonsense", "diskspace_ul": "1" });
    let sample =
        Received::<Sample>::read(values(unlimited), Notation::Person(None)).finish().unwrap();
    assert_eq!(sample.diskspace, Sent::Value(LimitParameter(Quota::Unlimited)));
}

#[test]
fn declarations_come_from_the_struct() {
    let declared = Sample::parameters();
    let names: Vec<&str> = declared.iter().map(|parameter| parameter.name).collect();
    assert_eq!(
        names,
        [
            "name",
            "def_language",
            "phpenabled",
            "diskspace",
            "diskspace_ul",
            "adminid",
            "allowed_phpconfigs",
            "applied"
        ]
    );
    assert_eq!(
        declared[0],
        ParameterDeclaration::new("name", ParameterType::Text, Visibility::Required, " Last name")
    );
    assert_eq!(declared[3].kind, ParameterType::Limit(Unit::MiB));
    assert_eq!(declared[1].about, "Language of the panel and of emails");
    let schema = schemars::schema_for!(Sample).to_value();
    let documented: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    let visible: Vec<&str> = declared
        .iter()
        .filter(|parameter| parameter.visibility != Visibility::Hidden)
        .map(|parameter| parameter.name)
        .collect();
    assert_eq!(documented, visible);
    assert_eq!(schema["properties"]["phpenabled"]["description"], "PHP");
    let received = Received::<Sample>::new(values(json!({ "name": "Lee", "applied": 3 })));
    assert!(received.errors.is_empty(), "undocumented parameters are known");
    assert_eq!(codes(&Received::<Sample>::default()), []);
    assert_eq!(codes(&Received::<Sample>::new(Values::new())), [("name", "required")]);
    let null = Received::<Sample>::new(values(json!({ "name": "Lee", "nonsense": null })));
    assert!(null.errors.is_empty(), "an unknown parameter without a value is ignored");
}

#[test]
fn two_structs_are_read_from_one_request() {
    type Both = Combined<Row, More>;
    let names: Vec<&str> = Both::parameters().iter().map(|parameter| parameter.name).collect();
    assert_eq!(names, ["id", "def_language"]);
    let invalid = Received::<Both>::new(values(json!({ "def_language": "xx" })));
    assert_eq!(codes(&invalid), [("def_language", "language-unknown"), ("id", "required")]);
    let sent = json!({ "id": 3, "def_language": "de" });
    let both = Received::<Both>::new(values(sent)).finish().unwrap();
    assert_eq!(both.first.id, Sent::Value(RowId(3)));
    assert_eq!(both.second.def_language, Sent::Value(Language::De));
}

#[test]
fn schemas_of_parameters_are_inline() {
    let schema = schemars::schema_for!(Sample).to_value();
    let php = &schema["properties"]["phpenabled"];
    assert_eq!(
        (&php["anyOf"][0]["type"], &php["$ref"]),
        (&json!(["boolean", "number"]), &Value::Null)
    );
    assert_eq!(schemars::schema_for!(Sent<bool>).to_value()["title"], "Parameter");
}
