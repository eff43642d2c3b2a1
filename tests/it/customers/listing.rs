//! `Customers.listing`: the list, its order, its search, its pages.

use crate::support::TestApp;
use crate::support::make::with;
use clientele::domain::contact::ContactColumn;
use clientele::domain::query::{Column, Direction, Filter, Status, parse_search};
use clientele::services::customers::{self, PageRequest, listing_count};
use serde_json::json;
use std::collections::BTreeSet;

#[tokio::test]
async fn c04_c05_c06_accounts_list_customers_in_their_scope() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.customer("test1").await;
    assert_eq!(app.find("admin", "").await, ["test1"]);
    assert!(app.find("reseller", "").await.is_empty());
    app.customer_of("reseller", "own").await;
    assert_eq!(app.find("reseller", "").await, ["own"]);
    assert_eq!(app.find("admin", "").await, ["own", "test1"]);
    assert_eq!(app.signed_in("reseller").await.open("/customers").await.rows(), ["own"]);
    assert_eq!(app.signed_in("test1").await.get("/customers").await.status, 403);
}

#[tokio::test]
async fn words_are_searched_in_many_columns() {
    let app = TestApp::spawn().await;
    let columns = [
        ("name", "Nachname"),
        ("firstname", "Vorname"),
        ("company", "Gesellschaft"),
        ("street", "Hauptweg"),
        ("zipcode", "Z-999"),
        ("city", "Köln"),
        ("email", "findme@example.org"),
        ("customernumber", "KD-777"),
        ("custom_notes", "pays late"),
    ];
    for (index, (column, value)) in columns.iter().enumerate() {
        app.add(
            "admin",
            with(
                &format!("kd{}", ["a", "b", "c", "d", "e", "f", "g", "h", "i"][index]),
                json!({ *column: value }),
            ),
        )
        .await
        .unwrap();
    }
    for (index, (column, value)) in columns.iter().enumerate() {
        let expected = format!("kd{}", ["a", "b", "c", "d", "e", "f", "g", "h", "i"][index]);
        let word = value.split(' ').next_back().unwrap().to_uppercase();
        assert_eq!(app.find("admin", &word).await, std::slice::from_ref(&expected), "{word}");
        let wanted = if value.contains(' ') {
            format!("{column}:\"{value}\"")
        } else {
            format!("{column}:{value}")
        };
        assert_eq!(app.find("admin", &wanted).await, [expected], "{wanted}");
    }
    assert_eq!(app.find("admin", "kdc").await, ["kdc"]);
    assert_eq!(app.find("admin", "ltd kdd").await, ["kdd"], "every word must match");
    assert!(app.find("admin", "Köln Hauptweg").await.is_empty());
}

#[tokio::test]
async fn d45_wildcards_and_quotes_are_literal_and_secrets_cannot_be_searched() {
    let app = TestApp::spawn().await;
    app.add("admin", with("one", json!({ "city": "100% Ort" }))).await.unwrap();
    app.add("admin", with("two", json!({ "city": "a_b" }))).await.unwrap();
    app.add("admin", with("three", json!({ "city": "it's \"so\" \\ !" }))).await.unwrap();
    for (word, expected) in
        [("%", "one"), ("_", "two"), ("it's", "three"), ("\\", "three"), ("!", "three")]
    {
        assert_eq!(app.find("admin", word).await, [expected], "{word}");
    }
    let admin = app.signed_in("admin").await;
    for search in
        ["c.password:x", "password=x", "a.password<x", "data_2fa:x", "foo>1", "emails>many"]
    {
        let path = format!(
            "/customers?{}",
            url::form_urlencoded::Serializer::new(String::new()).append_pair("q", search).finish()
        );
        let page = admin.get(&path).await;
        assert_eq!((page.status, page.rows()), (422, vec![]), "{search}");
        assert_eq!(page.wrong_fields(), ["q"], "{search} is invalid and must be reported");
    }
}

#[tokio::test]
async fn search_conditions_have_the_operators_of_sql_search() {
    let app = TestApp::spawn().await;
    app.add("admin", with("few", json!({ "emails": 5, "diskspace": 100 }))).await.unwrap();
    app.add("admin", with("many", json!({ "emails": 50, "diskspace": 2000, "phpenabled": 1 })))
        .await
        .unwrap();
    app.add("admin", with("all", json!({ "emails_ul": 1, "city": "Bonn" }))).await.unwrap();
    app.suspend("admin", "few", true).await.unwrap();
    for (search, expected) in [
        ("emails>5", vec!["all", "many"]),
        ("emails<50", vec!["few"]),
        ("emails=50", vec!["many"]),
        ("diskspace>500", vec!["many"]),
        ("deactivated=1", vec!["few"]),
        ("phpenabled=1", vec!["many"]),
        ("loginname:a", vec!["all", "many"]),
        ("loginname=few", vec!["few"]),
        ("c.city=bonn", vec!["all"]),
        ("adminname=admin emails>5 city:bonn", vec!["all"]),
    ] {
        let mut found = app.find("admin", search).await;
        found.sort();
        assert_eq!(found, expected, "{search}");
    }
}

#[tokio::test]
async fn login_names_are_sorted_naturally() {
    let app = TestApp::spawn().await;
    for (login_name, name) in
        [("kd10", "Zorn"), ("kd9", "albert"), ("kd100", "Müller"), ("kd1", "Mueller")]
    {
        app.add("admin", with(login_name, json!({ "name": name, "company": "" }))).await.unwrap();
    }
    let admin = app.signed_in("admin").await;
    assert_eq!(
        admin.open("/customers?sort=loginname&dir=asc").await.rows(),
        ["kd1", "kd9", "kd10", "kd100"]
    );
    assert_eq!(
        admin.open("/customers?sort=loginname&dir=desc").await.rows(),
        ["kd100", "kd10", "kd9", "kd1"]
    );
    let by_name = admin.open("/customers?sort=name&dir=asc").await.rows();
    assert_eq!((by_name[0].as_str(), by_name[3].as_str()), ("kd9", "kd10"));
}

#[tokio::test]
async fn d52_pages_show_every_row_once_and_the_total() {
    let app = TestApp::spawn().await;
    for number in 1..=45 {
        app.customer(&format!("kd{number}")).await;
    }
    let admin = app.signed_in("admin").await;
    let mut seen = Vec::new();
    for page in 1..=3 {
        let page = admin.open(&format!("/customers?sort=loginname&page={page}&per_page=20")).await;
        assert!(page.text.contains("45"), "the total is shown");
        seen.extend(page.rows());
    }
    let expected: Vec<String> = (1..=45).map(|number| format!("kd{number}")).collect();
    assert_eq!(seen, expected);
    assert_eq!(admin.open("/customers").await.rows().len(), 20, "a page has a default size");
    assert_eq!(admin.open("/customers?per_page=50").await.rows().len(), 45);
    for (query, rows) in [
        ("page=0", 20),
        ("page=99999999999999999999", 20),
        ("page=x", 20),
        ("per_page=100000", 45),
        ("per_page=5", 5),
        ("per_page=1", 5),
        ("per_page=-1", 20),
        ("sort=password", 20),
        ("dir=up", 20),
        ("owner=x", 0),
    ] {
        let page = admin.get(&format!("/customers?{query}")).await;
        assert_eq!((page.status, page.rows().len()), (200, rows), "{query}");
    }
}

#[tokio::test]
async fn each_filter_selects_its_customers() {
    let app = TestApp::spawn().await;
    let reseller = app.reseller("reseller", &[]).await;
    let plan = app.plan("admin", "Gold", &[]).await;
    app.add("admin", with("german", json!({ "def_language": "de" }))).await.unwrap();
    app.add("admin", with("golden", json!({ "hosting_plan_id": plan }))).await.unwrap();
    app.customer_of("reseller", "theirs").await;
    app.customer("resting").await;
    app.suspend("admin", "resting", true).await.unwrap();
    let admin = app.signed_in("admin").await;
    for (filter, expected) in [
        ("language=de".to_owned(), vec!["german"]),
        (format!("plan={plan}"), vec!["golden"]),
        (format!("owner={}", reseller.id.0), vec!["theirs"]),
        ("status=suspended".to_owned(), vec!["resting"]),
        ("status=active&sort=loginname".to_owned(), vec!["german", "golden", "theirs"]),
        ("q=golden&status=active".to_owned(), vec!["golden"]),
        ("q=golden&status=suspended".to_owned(), vec![]),
    ] {
        assert_eq!(admin.open(&format!("/customers?{filter}")).await.rows(), expected, "{filter}");
    }
}

/// Pages and counts are those of the whole list, for few and many results and every status.
#[tokio::test]
async fn pages_and_counts_of_a_search_are_exact() {
    let app = TestApp::spawn().await;
    app.add_demo_customers(700).await;
    let admin = app.manager("admin").await;
    let snapshot = app.app.open_view().await.unwrap();
    let order = (Column::Contact(ContactColumn::Name), Direction::Ascending);
    let mut lengths = BTreeSet::new();
    for search in
        ["", "created>1990-01-01", "example", "city:hamburg", "marie", "nobody-is-called-that"]
    {
        let filter = parse_search(search, None).unwrap();
        let expected = async |status| {
            listing_count(snapshot.view(), &admin, &Filter { status, ..filter.clone() })
                .await
                .unwrap()
        };
        for status in [None, Some(Status::Active), Some(Status::Suspended), Some(Status::Locked)] {
            let filter = Filter { status, ..filter.clone() };
            let ids = customers::ids(snapshot.view(), &admin, &filter, &[order]).await.unwrap();
            let found = customers::find_by_ids(snapshot.view(), &admin, &ids).await.unwrap();
            let names: Vec<&str> =
                found.iter().map(|customer| customer.login_name.as_str()).collect();
            let mut lines = Vec::new();
            for number in 1..=names.len().div_ceil(200).max(1) as u64 {
                let wanted = PageRequest { filter: &filter, order, per_page: 200, page: number };
                let page = customers::page(snapshot.view(), &admin, &wanted).await.unwrap();
                assert_eq!(
                    (page.number, page.counts.all),
                    (number, expected(None).await),
                    "{search}"
                );
                for counted in Status::ALL {
                    assert_eq!(
                        page.counts.of(Some(counted)),
                        expected(Some(counted)).await,
                        "{search} {counted:?}"
                    );
                }
                lines.extend(page.rows);
            }
            assert_eq!(
                lines.iter().map(|line| line.login_name.as_str()).collect::<Vec<_>>(),
                names,
                "{search} {status:?}"
            );
            assert!(
                lines.iter().all(|line| status != Some(Status::Locked) || line.sign_in.locked),
                "{search}"
            );
            lengths.insert(names.len());
        }
    }
    assert_eq!(lengths.into_iter().collect::<Vec<_>>(), [0, 1, 7, 20, 21, 40, 53, 54, 660, 700]);
    let beyond = PageRequest {
        filter: &parse_search("example", None).unwrap(),
        order,
        per_page: 50,
        page: u64::MAX,
    };
    let last = customers::page(snapshot.view(), &admin, &beyond).await.unwrap();
    assert_eq!((last.number, last.rows.len()), (14, 50));
}

#[tokio::test]
async fn an_empty_list_links_to_the_next_step() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let page = admin.open("/customers").await;
    assert!(page.rows().is_empty() && page.has("main a[href='/customers/new']"));
    app.customer("meier").await;
    let page = admin.open("/customers?q=nosuchword").await;
    assert!(
        page.rows().is_empty() && page.has("main a[href='/customers']"),
        "a link to all customers"
    );
}

#[tokio::test]
async fn the_table_is_marked_up_for_assistive_technologies() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let page = app.signed_in("admin").await.open("/customers").await;
    assert!(
        page.has("table thead th[scope=col]") && page.has("tr[data-loginname=meier] th[scope=row]")
    );
    assert!(page.has("th[aria-sort]"), "the sort order is announced");
    assert!(page.has("tr[data-loginname=meier] a[href='/customers/meier']"));
}

#[tokio::test]
async fn the_export_has_the_same_rows_and_no_formulas() {
    let app = TestApp::spawn().await;
    for (login_name, company) in [
        ("one", "=1+1"),
        ("two", "@SUM(A1)"),
        ("three", "+49"),
        ("four", "-2+3"),
        ("five", "plain, \"quoted\""),
    ] {
        app.add("admin", with(login_name, json!({ "company": company }))).await.unwrap();
    }
    let admin = app.signed_in("admin").await;
    let export = admin.open("/customers.csv?sort=loginname&dir=desc").await;
    assert!(
        export.header("content-type").starts_with("text/csv"),
        "{}",
        export.header("content-type")
    );
    assert!(export.header("content-disposition").contains("attachment"));
    let mut reader =
        csv::Reader::from_reader(export.text.trim_start_matches('\u{feff}').as_bytes());
    let column = reader
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "loginname")
        .expect("a column loginname");
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    let names: Vec<&str> = rows.iter().map(|row| &row[column]).collect();
    assert_eq!(names, ["two", "three", "one", "four", "five"]);
    for cell in rows.iter().flatten() {
        assert!(
            !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
            "a spreadsheet would run {cell:?}"
        );
    }
    let filtered = admin.open("/customers.csv?q=plain").await;
    assert!(filtered.text.contains("five") && !filtered.text.contains("two"));
}

#[tokio::test]
async fn c04_usage_is_shown() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "diskspace": 100, "emails": 10 }))).await.unwrap();
    app.sql("UPDATE customers SET emails_used = 4, diskspace_used = 52428800, web_used = 52428800")
        .await;
    let page = app.signed_in("admin").await.open("/customers").await;
    assert!(
        page.has("tr[data-loginname=meier] progress, tr[data-loginname=meier] meter"),
        "a bar for the usage"
    );
}

#[tokio::test]
async fn a_search_that_is_too_long_is_refused_and_kept() {
    let app = TestApp::spawn().await;
    app.add(
        "admin",
        with("meier", json!({ "name": "Meier", "firstname": "Hans", "company": "Meier & Co" })),
    )
    .await
    .unwrap();
    let admin = app.signed_in("admin").await;
    let words: Vec<String> = (0..1000).map(|n| format!("w{n}")).collect();
    for text in ["x".repeat(50_000), words.join(" "), words[..40].join(" ")] {
        for path in ["/customers", "/plans", "/admins", "/audit"] {
            let page = admin.get(&format!("{path}?q={}", text.replace(' ', "+"))).await;
            if path != "/customers" && text.len() <= 500 {
                assert_eq!(page.status, 200, "other lists search for one text");
                continue;
            }
            assert_eq!(page.status, 422, "{path} {}", text.len());
            assert!(
                page.alert().contains(if text.len() > 500 { "500" } else { "30" }),
                "{path}: {}",
                page.alert()
            );
            assert!(
                page.text.contains(&format!("name=\"q\" value=\"{text}\"")),
                "{path}: the typed text is kept"
            );
            assert!(
                page.text.len() < 4 * text.len() + 100_000,
                "{path}: {} bytes, no link contains it",
                page.text.len()
            );
        }
        assert_eq!(
            admin.get(&format!("/customers.csv?q={}", text.replace(' ', "+"))).await.status,
            422
        );
    }
    for kind in [
        "/jobs?kind=",
        "/audit?kind=",
        "/customers?owner=",
        "/customers?plan=",
        "/webhooks/deliveries?webhook=",
    ] {
        assert_eq!(admin.get(&format!("{kind}{}", "x".repeat(50_000))).await.status, 200, "{kind}");
    }
}

#[tokio::test]
async fn a_name_is_found_as_the_list_shows_it() {
    let app = TestApp::spawn().await;
    app.add(
        "admin",
        with("meier", json!({ "name": "Meier-Öz", "firstname": "Hans", "company": "Acme, Inc." })),
    )
    .await
    .unwrap();
    app.add("admin", with("other", json!({ "name": "Hansen", "firstname": "Meik" })))
        .await
        .unwrap();
    for search in [
        "Meier-Öz, Hans",
        "Hans Meier-Öz",
        "Meier-Öz, Hans Acme, Inc.",
        "Acme, Inc. Hans",
        "\"Meier-Öz, Hans\"",
        "\"hans meier-öz\"",
        "Meier-O\u{308}z,",
    ] {
        assert_eq!(app.find("admin", search).await, ["meier"], "{search}");
    }
}
