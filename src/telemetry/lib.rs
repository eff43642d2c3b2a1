//! What the process says about itself: logs on standard error, what is counted, and spans for a
//! collector.

pub mod metrics;
#[cfg(feature = "otlp")]
mod traces;

use config::{LogFilter, LogFormat, Settings};
use std::io::IsTerminal as _;
#[cfg(feature = "otlp")]
use traces::Traces;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Keeps telling; dropping it sends what has not been sent yet.
pub struct Telling {
    #[cfg(feature = "otlp")]
    #[expect(dead_code, reason = "it is kept for its end")]
    traces: Option<Traces>,
}

/// Starts logging to standard error, and sending spans where a collector is named; standard output
/// belongs to the answers of commands.
///
/// # Errors
/// Where logging has been started before, or the collector cannot be used.
pub fn init(settings: &Settings) -> anyhow::Result<Telling> {
    #[cfg(feature = "otlp")]
    let traces = settings.otlp_url.as_ref().map(Traces::to).transpose()?;
    #[cfg(feature = "otlp")]
    let spans =
        traces.as_ref().map(|traces| tracing_opentelemetry::layer().with_tracer(traces.tracer()));
    // Without the feature, the setting is refused when it is read.
    #[cfg(not(feature = "otlp"))]
    let spans = None::<tracing_subscriber::layer::Identity>;
    let registry = tracing_subscriber::registry().with(env_filter(&settings.log)).with(spans);
    match settings.log_format {
        LogFormat::Pretty => registry
            .with(
                tracing_subscriber::fmt::layer()
                    .with_ansi(std::io::stderr().is_terminal())
                    .with_writer(std::io::stderr),
            )
            .try_init()?,
        LogFormat::Json => registry
            .with(tracing_subscriber::fmt::layer().json().with_writer(std::io::stderr))
            .try_init()?,
    }
    Ok(Telling {
        #[cfg(feature = "otlp")]
        traces,
    })
}

/// Libraries that tell more than anybody wants to know, unless they are named in the setting. That
/// a client sent what is no HTTP is no error of ours, and anybody could fill the log with it.
/// Security events are told whatever the level, unless the setting names them.
const QUIET: &str = "clientele::security=info,sea_orm_migration=warn,actix_server=warn,actix_http::h1::dispatcher=off";

/// As set, except that the mail library stays silent below `info`: with more it writes down the
/// exchange with the mail server, credentials included.
fn env_filter(filter: &LogFilter) -> EnvFilter {
    let quiet = "lettre=info".parse().expect("this is a directive");
    EnvFilter::try_new(format!("{QUIET},{}", filter.as_str()))
        .unwrap_or_default()
        .add_directive(quiet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_is_heard() {
        let filter = env_filter(&"info,actix_server=debug".parse().unwrap()).to_string();
        assert!(
            filter.contains("actix_server=debug") && !filter.contains("actix_server=warn"),
            "{filter}"
        );
        assert!(env_filter(&LogFilter::default()).to_string().contains("sea_orm_migration=warn"));
    }

    #[test]
    fn the_mail_library_is_never_chatty() {
        for filter in ["trace", "lettre=trace", "debug,clientele=trace"] {
            let filter = env_filter(&filter.parse().unwrap()).to_string();
            assert!(filter.contains("lettre=info") && !filter.contains("lettre=trace"), "{filter}");
        }
    }
}
