//! Measured disk usage of a customer's files, emails and databases, as a chart and as a table.

use super::page::Chrome;
use domain::usage::UsageSample;

/// Maximum number of bars in the chart. If there are more days, several share a bar.
const MAX_BARS: usize = 60;
/// Maximum number of rows in the table.
const MAX_ROWS: usize = 30;
/// Size of the chart in SVG user units.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 120.0;

/// A segment of a bar, in SVG user units.
pub struct Segment {
    /// Type of usage, which is the end of the segment's CSS class.
    pub kind: &'static str,
    pub x: String,
    pub y: String,
    pub width: String,
    pub height: String,
}

/// A row of the table.
pub struct Row {
    pub day: String,
    /// Formatted sizes: total, files, emails, databases.
    pub sizes: [String; 4],
}

/// The chart and the table.
#[derive(Default)]
pub struct UsageHistory {
    /// Segments of the chart.
    pub segments: Vec<Segment>,
    /// The most recent days, newest first.
    pub rows: Vec<Row>,
    /// Description of the chart for screen readers.
    pub label: String,
    /// Formatted maximum total, which is the upper end of the scale.
    pub max: String,
    /// The first and last day of the chart.
    pub days: [String; 2],
}

impl UsageHistory {
    /// Creates the history from samples, oldest first.
    #[must_use]
    pub fn new(c: &Chrome, samples: &[UsageSample]) -> Self {
        let (Some(first), Some(last)) = (samples.first(), samples.last()) else {
            return Self::default();
        };
        // Each bar shows the last of its days.
        let days_per_bar = samples.len().div_ceil(MAX_BARS);
        let bars: Vec<&UsageSample> =
            samples.rchunks(days_per_bar).rev().filter_map(<[UsageSample]>::last).collect();
        let max = samples.iter().map(|day| day.space.total()).max().unwrap_or(0);
        let days = [first, last].map(|day| c.date(day.at));
        let label = c.t_with(
            "usage-history-label",
            &[
                ("from", days[0].clone()),
                ("to", days[1].clone()),
                ("now", c.size(last.space.total())),
                ("most", c.size(max)),
            ],
        );
        let row = |day: &UsageSample| Row {
            day: c.date(day.at),
            sizes: [day.space.total(), day.space.web, day.space.mail, day.space.mysql]
                .map(|bytes| c.size(bytes)),
        };
        let rows = samples.iter().rev().take(MAX_ROWS).map(row).collect();
        Self { segments: segments(&bars, max), rows, label, max: c.size(max), days }
    }

    /// Returns whether there are no samples.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

#[expect(clippy::cast_precision_loss, reason = "the chart has few pixels")]
fn segments(bars: &[&UsageSample], max: u64) -> Vec<Segment> {
    let step = WIDTH / bars.len().max(1) as f64;
    // Limits the width, so that a few bars do not fill the whole chart.
    let width = (step * 0.8).min(24.0);
    let mut segments = Vec::new();
    for (index, bar) in bars.iter().enumerate() {
        let mut top = HEIGHT;
        for (kind, bytes) in
            [("web", bar.space.web), ("mail", bar.space.mail), ("mysql", bar.space.mysql)]
        {
            let height = if max == 0 { 0.0 } else { HEIGHT * (bytes as f64 / max as f64).min(1.0) };
            let height = height.min(top);
            if height > 0.0 {
                top -= height;
                let number = |value: f64| format!("{value:.2}");
                segments.push(Segment {
                    kind,
                    x: number(index as f64 * step),
                    y: number(top),
                    width: number(width),
                    height: number(height),
                });
            }
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::customer::DiskUsageParts;
    use jiff::Timestamp;

    fn days(n: i64, space: DiskUsageParts) -> Vec<UsageSample> {
        (0..n)
            .map(|day| UsageSample {
                at: Timestamp::from_second(1_772_323_200 + day * 86_400).unwrap(),
                space,
            })
            .collect()
    }

    #[test]
    fn a_history_has_no_days_one_day_or_more_than_the_chart_shows() {
        let c = Chrome::default();
        assert!(UsageHistory::new(&c, &[]).is_empty());
        let space = DiskUsageParts { web: 10, mail: 0, mysql: 30 };
        let one = UsageHistory::new(&c, &days(1, space));
        assert_eq!((one.segments.len(), one.rows.len()), (2, 1));
        assert_eq!(
            (one.segments[0].height.as_str(), one.segments[1].height.as_str()),
            ("30.00", "90.00")
        );
        let year = UsageHistory::new(&c, &days(400, space));
        assert!(year.segments.len() <= 2 * MAX_BARS && year.rows.len() == MAX_ROWS);
    }

    #[test]
    fn segments_stay_within_the_chart() {
        let c = Chrome::default();
        for space in [
            DiskUsageParts::default(),
            DiskUsageParts { web: u64::MAX, mail: u64::MAX, mysql: u64::MAX },
            DiskUsageParts { web: 1, mail: u64::MAX, mysql: 0 },
        ] {
            let mut all = days(3, space);
            all[1].space = DiskUsageParts { web: 7, mail: 7, mysql: 7 };
            for segment in UsageHistory::new(&c, &all).segments {
                let [y, height]: [f64; 2] =
                    [&segment.y, &segment.height].map(|text| text.parse().unwrap());
                assert!(
                    (0.0..=HEIGHT).contains(&y)
                        && y + height <= HEIGHT + 0.02
                        && height.is_finite(),
                    "{y} {height}"
                );
            }
        }
    }
}
