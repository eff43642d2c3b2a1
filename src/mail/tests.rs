use super::kinds::{
    EmailChanged, LoginNames, NewPassword, PasswordChanged, PasswordReset, Welcome,
};
use super::*;
use domain::account::Language;
use jiff::Timestamp;
use lettre::message::Mailbox;
use mail_parser::MessageParser;
use proptest::prelude::*;
use std::os::unix::fs::PermissionsExt as _;

fn sender() -> Mailbox {
    "Clientele <noreply@panel.example>".parse().unwrap()
}

fn mailbox(name: &str, address: &str) -> Mailbox {
    Mailbox::new(Some(name.to_owned()), address.parse().unwrap())
}

fn head(lang: Language) -> MailContext {
    MailContext {
        id: "job-7".to_owned(),
        to: mailbox("Zoë Müller", "zoe@kunden.example"),
        salutation: "Zoë Müller".to_owned(),
        lang,
        provider: "Hosting & Söhne".to_owned(),
        reply_to: Some(mailbox("Support", "support@reseller.example")),
    }
}

fn welcome() -> Welcome {
    Welcome {
        login_name: "web1".to_owned(),
        password: "a<b>&\"c".into(),
        sign_in_url: "https://panel.example/login".to_owned(),
        standard_subdomain: Some("web1.panel.example".to_owned()),
    }
}

fn templates() -> Vec<Box<dyn MailTemplate>> {
    vec![
        Box::new(welcome()),
        Box::new(Welcome { standard_subdomain: None, ..welcome() }),
        Box::new(NewPassword {
            login_name: "web1".to_owned(),
            password: "geheim".into(),
            sign_in_url: "https://panel.example/login".to_owned(),
        }),
        Box::new(PasswordReset {
            login_name: "web1".to_owned(),
            link: "https://panel.example/password/reset/abc".into(),
            hours: 1,
        }),
        Box::new(PasswordChanged {
            login_name: "web1".to_owned(),
            at: "2026-11-24T21:35:36Z".parse().unwrap(),
            forgot_url: Some("https://panel.example/password/forgot".to_owned()),
        }),
        Box::new(PasswordChanged {
            login_name: "admin".to_owned(),
            at: "2026-11-24T21:35:36Z".parse().unwrap(),
            forgot_url: None,
        }),
        Box::new(EmailChanged {
            login_name: "web1".to_owned(),
            at: "2026-11-24T21:35:36Z".parse().unwrap(),
            is_new: false,
            with_password: true,
        }),
        Box::new(LoginNames {
            names: vec!["web1".to_owned(), "web2".to_owned()],
            has_more: true,
            sign_in_url: "https://panel.example/login".to_owned(),
            forgot_url: "https://panel.example/password/forgot".to_owned(),
        }),
    ]
}

async fn raw(mail: &OutgoingMail) -> String {
    let (mailer, inbox) = Mailer::memory(sender());
    mailer.send(mail, Timestamp::UNIX_EPOCH).await.unwrap();
    inbox.mails()[0].raw.clone()
}

#[test]
fn welcome_has_readable_text_and_escaped_html() {
    let mail = welcome().compose(head(Language::De)).unwrap();
    assert_eq!(mail.subject, "Ihr Hosting-Konto bei Hosting & Söhne");
    assert!(mail.text.starts_with("Guten Tag Zoë Müller,\n\nHosting & Söhne hat"), "{}", mail.text);
    assert!(
        mail.text.contains("\n    Anmeldename: web1\n    Passwort: a<b>&\"c\n"),
        "{}",
        mail.text
    );
    assert!(mail.text.contains("\n    http://web1.panel.example/\n"), "{}", mail.text);
    assert!(
        mail.text.contains("\nMit freundlichen Grüßen\nHosting & Söhne\n\n-- \n"),
        "{}",
        mail.text
    );
    assert!(
        !mail.html.contains("a<b>") && mail.html.contains("Hosting &#38; Söhne"),
        "{}",
        mail.html
    );
}

#[test]
fn emails_are_complete_in_every_language() {
    for lang in Language::ALL {
        for template in templates() {
            let mail = template.compose(head(*lang)).unwrap();
            for part in [&mail.subject, &mail.text, &mail.html] {
                assert!(
                    !part.contains('⟦') && !part.contains("{$") && !part.contains("{ $"),
                    "{part}"
                );
            }
            assert!(mail.subject.contains("Hosting & Söhne") && !mail.subject.contains('\n'));
            assert!(mail.text.lines().all(|line| line.chars().count() <= 78), "{}", mail.text);
            assert!(!mail.text.contains("\n\n\n") && mail.text.ends_with(".\n"), "{}", mail.text);
        }
    }
}

#[test]
fn plural_forms_match_numbers() {
    let reset = |hours| PasswordReset { login_name: "web1".to_owned(), link: "x".into(), hours };
    let text = |hours, lang| reset(hours).compose(head(lang)).unwrap().text;
    assert!(text(1, Language::En).contains("is valid for one hour."));
    assert!(text(2, Language::En).contains("is valid for 2 hours."));
    assert!(text(24, Language::De).contains("gilt 24 Stunden."));
}

#[test]
fn recipients_without_name_are_greeted() {
    let mail =
        welcome().compose(MailContext { salutation: String::new(), ..head(Language::En) }).unwrap();
    assert!(mail.text.starts_with("Hello,\n"));
}

#[tokio::test]
async fn messages_have_all_headers() {
    let mail = welcome().compose(head(Language::De)).unwrap();
    let raw = raw(&mail).await;
    let parsed = MessageParser::default().parse(&raw).unwrap();
    assert_eq!(parsed.from().unwrap().first().unwrap().address(), Some("noreply@panel.example"));
    assert_eq!(
        parsed.reply_to().unwrap().first().unwrap().address(),
        Some("support@reseller.example")
    );
    assert_eq!(parsed.to().unwrap().first().unwrap().name(), Some("Zoë Müller"));
    assert_eq!(parsed.subject(), Some("Ihr Hosting-Konto bei Hosting & Söhne"));
    assert_eq!(parsed.message_id(), Some("job-7@panel.example"));
    assert_eq!(parsed.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
    assert_eq!(parsed.header_raw("Content-Language").map(str::trim), Some("de"));
    assert_eq!(parsed.date().unwrap().to_timestamp(), 0);
    assert_eq!(parsed.body_text(0).unwrap().replace("\r\n", "\n"), mail.text);
    assert_eq!(parsed.body_html(0).unwrap().replace("\r\n", "\n"), mail.html);
}

#[tokio::test]
async fn international_domains_are_punycode() {
    let to = Mailbox::new(None, lettre::Address::new("zoë", "müller.example").unwrap());
    let mail = welcome().compose(MailContext { to, ..head(Language::En) }).unwrap();
    assert!(raw(&mail).await.contains("zoë@xn--mller-kva.example"));
}

#[tokio::test]
async fn outbox_files_are_private_and_sorted_by_time() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = folder.path().join("outbox");
    let mailer = Mailer::files(sender(), outbox.clone());
    mailer.probe().await.unwrap();
    for (id, at) in [("job-10", "2026-11-24T21:00:00.5Z"), ("../job/9", "2026-11-24T22:00:00Z")] {
        let mail = templates()[2]
            .compose(MailContext {
                id: id.to_owned(),
                provider: "Host".to_owned(),
                ..head(Language::En)
            })
            .unwrap();
        mailer.send(&mail, at.parse().unwrap()).await.unwrap();
    }
    let mut names: Vec<_> = std::fs::read_dir(&outbox)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["20261124T210000.500000Z-job-10.eml", "20261124T220000.000000Z----job-9.eml"]
    );
    let path = outbox.join(&names[0]);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::metadata(&outbox).unwrap().permissions().mode() & 0o777, 0o700);
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains("    Password: geheim\r\n"), "readable as it is: {text}");
}

#[tokio::test]
async fn an_unusable_outbox_is_reported_as_unreachable() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mailer = Mailer::files(sender(), file.path().to_owned());
    let mail = welcome().compose(head(Language::En)).unwrap();
    let error = mailer.send(&mail, Timestamp::UNIX_EPOCH).await.unwrap_err();
    assert!(matches!(error, MailError::Unreachable(_)), "{error}");
    assert!(matches!(mailer.probe().await, Err(MailError::Unreachable(_))));
}

#[tokio::test]
async fn a_missing_mail_server_is_reported_as_unreachable() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mailer =
        Mailer::smtp(sender(), &format!("smtp://me:tiger@{free}").parse().unwrap()).unwrap();
    let error = mailer
        .send(&welcome().compose(head(Language::En)).unwrap(), Timestamp::UNIX_EPOCH)
        .await
        .unwrap_err();
    assert!(matches!(error, MailError::Unreachable(_)), "{error}");
    assert!(!error.to_string().contains("tiger"), "{error}");
    assert!(matches!(mailer.probe().await, Err(MailError::Unreachable(_))));
}

fn injection() -> impl Strategy<Value = String> {
    "(a|ä|\r|\n|\r\n|\u{85}|\u{2028}|:| |\"|<|>|,|\\\\|Bcc: x@y\\.example){0,20}"
}

fn assert_no_header_is_added(name: &str, provider: &str, id: &str) {
    let head = MailContext {
        id: id.to_owned(),
        to: mailbox(name, "zoe@kunden.example"),
        reply_to: Some(mailbox(provider, "a@b.example")),
        provider: provider.to_owned(),
        ..head(Language::En)
    };
    let mail = welcome().compose(head).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let raw = runtime.block_on(raw(&mail));
    let parsed = MessageParser::default().parse(&raw).unwrap();
    let mut found: Vec<_> =
        parsed.headers().iter().map(|header| header.name().to_ascii_lowercase()).collect();
    found.sort_unstable();
    let known = [
        "auto-submitted",
        "content-language",
        "content-type",
        "date",
        "from",
        "message-id",
        "mime-version",
        "reply-to",
        "subject",
        "to",
    ];
    assert_eq!(found, known);
    assert_eq!(parsed.to().unwrap().first().unwrap().address(), Some("zoe@kunden.example"));
}

#[test]
fn empty_values_add_no_header() {
    assert_no_header_is_added("", "", "");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_value_adds_a_header(name in injection(), provider in injection(), id in injection()) {
        assert_no_header_is_added(&name, &provider, &id);
    }
}
