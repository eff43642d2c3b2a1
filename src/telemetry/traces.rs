//! What happened in which request, for a collector that speaks OpenTelemetry (OTLP over HTTP, such
//! as the one every machine may run at `http://127.0.0.1:4318`). Off unless a setting names one.

use config::OtlpUrl;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SdkTracerProvider, Tracer};

/// Sends spans; what has not been sent goes when this is dropped.
pub(super) struct Traces(SdkTracerProvider);

impl Traces {
    /// Begins to send to this collector. One that does not answer costs nothing but its spans.
    pub fn to(collector: &OtlpUrl) -> anyhow::Result<Self> {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(collector.traces())
            .build()?;
        let service = Resource::builder().with_service_name("clientele").build();
        Ok(Self(
            SdkTracerProvider::builder()
                .with_batch_exporter(exporter)
                .with_resource(service)
                .build(),
        ))
    }

    /// What spans are handed to.
    pub fn tracer(&self) -> Tracer {
        self.0.tracer("clientele")
    }
}

impl Drop for Traces {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown() {
            eprintln!("clientele: the last spans could not be sent: {error}");
        }
    }
}
