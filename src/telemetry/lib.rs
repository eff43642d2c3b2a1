//! Telemetry of the process: logs on standard error, metrics, and spans for a collector.

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

/// Keeps the export of spans running. Dropping it sends the remaining spans.
pub struct TelemetryGuard {
    #[cfg(feature = "otlp")]
    #[expect(dead_code, reason = "dropping it sends the remaining spans")]
    traces: Option<Traces>,
}

/// Starts logging to standard error, and sends spans if a collector is configured. Standard output
/// is reserved for results of commands.
///
/// # Errors
/// Logging was started before, or the collector cannot be used.
pub fn init(settings: &Settings) -> anyhow::Result<TelemetryGuard> {
    #[cfg(feature = "otlp")]
    let traces = settings.otlp_url.as_ref().map(Traces::start).transpose()?;
    #[cfg(feature = "otlp")]
    let spans =
        traces.as_ref().map(|traces| tracing_opentelemetry::layer().with_tracer(traces.tracer()));
    // Without this feature, `config` refuses the setting.
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
    Ok(TelemetryGuard {
        #[cfg(feature = "otlp")]
        traces,
    })
}

/// Default levels, which the log setting can override by target. Security events are logged even if
/// the general level is `warn` or `error`. The libraries log too much at the general level. A
/// request that is not HTTP is not logged, because anyone could fill the log with such requests.
const DEFAULT_LEVELS: &str = "clientele::security=info,sea_orm_migration=warn,actix_server=warn,actix_http::h1::dispatcher=off";

/// Returns the filter of the log setting, but never logs lettre below `info`: at lower levels, it
/// logs the exchange with the mail server, including credentials.
fn env_filter(filter: &LogFilter) -> EnvFilter {
    let limit = "lettre=info".parse().expect("the directive is valid");
    EnvFilter::try_new(format!("{DEFAULT_LEVELS},{}", filter.as_str()))
        .unwrap_or_default()
        .add_directive(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_setting_overrides_default_levels() {
        let filter = env_filter(&"info,actix_server=debug".parse().unwrap()).to_string();
        assert!(
            filter.contains("actix_server=debug") && !filter.contains("actix_server=warn"),
            "{filter}"
        );
        assert!(env_filter(&LogFilter::default()).to_string().contains("sea_orm_migration=warn"));
    }

    #[test]
    fn lettre_never_logs_below_info() {
        for filter in ["trace", "lettre=trace", "debug,clientele=trace"] {
            let filter = env_filter(&filter.parse().unwrap()).to_string();
            assert!(filter.contains("lettre=info") && !filter.contains("lettre=trace"), "{filter}");
        }
    }
}
