//! Steps of the schema: all of them up, down and up again.

use crate::support::TestApp;
use clientele::db::Db;
use clientele::settings::DatabaseUrl;

#[tokio::test]
async fn up_down_up() {
    let dir = tempfile::tempdir().unwrap();
    let db = Db::connect(DatabaseUrl::sqlite(&dir.path().join("a.db")).expose()).await.unwrap();
    assert!(db.pending_migrations().await.unwrap() > 10);
    db.migrate().await.unwrap();
    assert_eq!(db.pending_migrations().await.unwrap(), 0);
    db.migrate().await.unwrap();
    db.migrate_down_and_up().await.unwrap();
    assert_eq!(db.pending_migrations().await.unwrap(), 0);
    db.close().await;
}

#[tokio::test]
async fn going_down_leaves_no_table_behind_and_going_up_works_again() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let schema =
        "SELECT name || COALESCE(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'seaql_%' ORDER BY name";
    let before = app.texts(schema).await;
    app.app.db.migrate_down_and_up().await.unwrap();
    assert_eq!(app.texts(schema).await, before);
    assert_eq!(app.count("customers", "1=1").await, 0);
    app.make_admin("admin").await;
    app.customer("meier").await;
}
