//! A fresh database for each test.
//!
//! `CLIENTELE_TEST_DATABASE` says on what: `sqlite` (the default) in a file of the test's own directory.

use clientele::db::Db;
use clientele::settings::DatabaseUrl;
use std::path::Path;
use tokio::sync::OnceCell;

/// The URL of a database with the schema and nothing in it; where it is a file, it lies in `dir`.
pub async fn fresh(dir: &Path) -> String {
    match std::env::var("CLIENTELE_TEST_DATABASE").as_deref() {
        Err(_) | Ok("" | "sqlite") => sqlite(dir).await,
        Ok(other) => panic!("CLIENTELE_TEST_DATABASE={other}: the tests do not know this database"),
    }
}

/// Migrating takes most of the time that a short test needs, so it is done once a run; each test gets a copy of the file.
async fn sqlite(dir: &Path) -> String {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let bytes = TEMPLATE
        .get_or_init(|| async {
            let dir = tempfile::tempdir().unwrap();
            let file = dir.path().join("template.db");
            let db = Db::connect(DatabaseUrl::sqlite(&file).expose()).await.unwrap();
            db.migrate().await.unwrap();
            // The last connection that is closed writes the log back into the file.
            db.close().await;
            std::fs::read(&file).unwrap()
        })
        .await;
    let file = dir.join("clientele.db");
    std::fs::write(&file, bytes).unwrap();
    DatabaseUrl::sqlite(&file).expose().to_owned()
}
