//! Metrics that are counted while the program runs. All other values of `/metrics` are collected at
//! each request.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::time::Duration;

/// Labels of a counted response. The route is a pattern, so that it contains no customer name or
/// token, and so that the number of labels is limited.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ResponseLabels {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

/// Upper bounds of the histogram's buckets, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0, 10.0];

/// Metrics of the requests to this process.
#[derive(Clone, Debug)]
pub struct Metrics {
    responses: Family<ResponseLabels, Counter>,
    durations: Family<RouteLabels, Histogram>,
    in_progress: Gauge,
}

/// Counts a request as in progress until it is dropped.
pub struct RequestGuard(Gauge);

impl Drop for RequestGuard {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            responses: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            in_progress: Gauge::default(),
        }
    }
}

impl Metrics {
    /// Counts a request as in progress until the returned guard is dropped.
    #[must_use]
    pub fn begin_request(&self) -> RequestGuard {
        self.in_progress.inc();
        RequestGuard(self.in_progress.clone())
    }

    /// Returns whether no request is in progress.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.in_progress.get() == 0
    }

    /// Counts a response and its duration.
    pub fn record_response(&self, method: &str, route: &str, status: u16, duration: Duration) {
        let labels =
            ResponseLabels { method: method_label(method), route: route.to_owned(), status };
        self.responses.get_or_create(&labels).inc();
        self.durations
            .get_or_create(&RouteLabels { route: route.to_owned() })
            .observe(duration.as_secs_f64());
    }

    pub fn register(&self, registry: &mut Registry) {
        registry.register("clientele_http_requests", "Completed requests", self.responses.clone());
        registry.register(
            "clientele_http_requests_under_way",
            "Requests in progress",
            self.in_progress.clone(),
        );
        let help = "Time from a request to the head of its response";
        registry.register_with_unit(
            "clientele_http_request_duration",
            help,
            Unit::Seconds,
            self.durations.clone(),
        );
    }
}

/// Returns the method, or `other` for an unknown one: clients could invent any number of methods,
/// and each would become a label.
fn method_label(method: &str) -> &'static str {
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use super::*;
    use prometheus_client::encoding::text::encode;

    #[test]
    fn responses_are_counted_by_route_and_status() {
        let metrics = Metrics::default();
        metrics.record_response("GET", "/customers/{name}", 200, Duration::from_millis(3));
        metrics.record_response("BREW", "/customers/{name}", 404, Duration::from_millis(30));
        let mut registry = Registry::default();
        metrics.register(&mut registry);
        let mut text = String::new();
        encode(&mut text, &registry).unwrap();
        for line in [
            "clientele_http_requests_total{method=\"GET\",route=\"/customers/{name}\",status=\"200\"} 1",
            "clientele_http_requests_total{method=\"other\",route=\"/customers/{name}\",status=\"404\"} 1",
            "clientele_http_request_duration_seconds_bucket{le=\"0.005\",route=\"/customers/{name}\"} 1",
            "clientele_http_request_duration_seconds_count{route=\"/customers/{name}\"} 2",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
    }
}
