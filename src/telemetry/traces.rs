//! Spans of requests, for a collector that accepts OTLP over HTTP, such as one on the same machine
//! (`http://127.0.0.1:4318`). Off unless a collector is configured.

use anyhow::anyhow;
use config::OtlpUrl;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{
    OTEL_EXPORTER_OTLP_TIMEOUT_DEFAULT, Protocol, SpanExporter, WithExportConfig as _,
    WithHttpConfig as _,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SdkTracerProvider, Tracer};
use reqwest::blocking::Client;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;

/// Sends spans to a collector. Dropping it sends the remaining spans.
pub(super) struct Traces(SdkTracerProvider);

impl Traces {
    /// Starts to send spans to this collector. If it does not respond, only spans are lost.
    pub fn start(collector: &OtlpUrl) -> anyhow::Result<Self> {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(client()?)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(collector.traces_url())
            .build()?;
        let service = Resource::builder().with_service_name("clientele").build();
        Ok(Self(
            SdkTracerProvider::builder()
                .with_batch_exporter(exporter)
                .with_resource(service)
                .build(),
        ))
    }

    /// Returns the tracer that receives spans.
    pub fn tracer(&self) -> Tracer {
        self.0.tracer("clientele")
    }
}

/// Returns a client for plain HTTP, the only scheme that the setting allows. Its TLS settings trust
/// no certificate, so that the certificates of the machine are not needed.
fn client() -> anyhow::Result<Client> {
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let client = Client::builder()
        .tls_backend_preconfigured(tls)
        .timeout(OTEL_EXPORTER_OTLP_TIMEOUT_DEFAULT);
    // A blocking client cannot be built on a thread that runs asynchronous code.
    let built = std::thread::spawn(|| client.build()).join();
    Ok(built.map_err(|_| anyhow!("the HTTP client cannot be built"))??)
}

impl Drop for Traces {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown() {
            eprintln!("clientele: the last spans could not be sent: {error}");
        }
    }
}
