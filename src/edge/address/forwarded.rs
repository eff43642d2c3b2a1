//! The headers in which proxies name the client: `X-Forwarded-For`, and `Forwarded` (RFC 7239). All
//! lines of a header make one list. Addresses that cannot be parsed are [`None`] in the list.

use actix_web::http::header::{FORWARDED, HeaderMap};
use std::borrow::Cow;
use std::net::IpAddr;

const X_FORWARDED_FOR: &str = "x-forwarded-for";

/// Returns whether either header was sent.
pub(super) fn is_sent(headers: &HeaderMap) -> bool {
    headers.contains_key(X_FORWARDED_FOR) || headers.contains_key(FORWARDED)
}

/// Returns the addresses of `X-Forwarded-For`, if it was sent.
pub(super) fn x_forwarded_for(headers: &HeaderMap) -> Option<Vec<Option<IpAddr>>> {
    headers.contains_key(X_FORWARDED_FOR).then_some(())?;
    let lines = lines(headers, X_FORWARDED_FOR);
    Some(
        lines
            .iter()
            .flat_map(|line| line.split(','))
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(parse_node)
            .collect(),
    )
}

/// Returns the addresses of `Forwarded`, if it was sent.
pub(super) fn forwarded(headers: &HeaderMap) -> Option<Vec<Option<IpAddr>>> {
    headers.contains_key(FORWARDED).then_some(())?;
    Some(
        lines(headers, FORWARDED.as_str())
            .iter()
            .flat_map(|line| elements(line))
            .map(for_parameter)
            .collect(),
    )
}

/// Returns the lines of a header. Bytes that are not UTF-8 affect only the address that contains
/// them: a proxy may have appended its own address to the same line.
fn lines<'h>(headers: &'h HeaderMap, name: &str) -> Vec<Cow<'h, str>> {
    headers.get_all(name).map(|line| String::from_utf8_lossy(line.as_bytes())).collect()
}

/// Returns the elements of a line. The line is split from its end, which a proxy has written, so
/// that a quotation mark that a client left open does not hide the proxy's element.
fn elements(line: &str) -> Vec<&str> {
    let mut elements: Vec<&str> = split_from_end(line, b',')
        .into_iter()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect();
    elements.reverse();
    elements
}

/// Splits at separators outside of quotation marks, from the end. The last part comes first.
fn split_from_end(text: &str, separator: u8) -> Vec<&str> {
    let (mut parts, mut end, mut is_quoted) = (Vec::new(), text.len(), false);
    for (index, byte) in text.bytes().enumerate().rev() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            _ if byte == separator && !is_quoted => {
                parts.push(&text[index + 1..end]);
                end = index;
            }
            _ => {}
        }
    }
    parts.push(&text[..end]);
    parts
}

/// Returns the address in the parameter `for` of an element, which must occur exactly once.
fn for_parameter(element: &str) -> Option<IpAddr> {
    let parameters =
        split_from_end(element, b';').into_iter().filter_map(|parameter| parameter.split_once('='));
    let mut found = parameters
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"))
        .map(|(_, value)| value.trim());
    let value = found.next()?;
    if found.next().is_some() {
        return None;
    }
    parse_node(value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value))
}

/// Parses an address with or without a port: `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`,
/// `[2001:db8::1]:80`.
fn parse_node(text: &str) -> Option<IpAddr> {
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    if let Some(rest) = text.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        return (port.is_empty() || is_port(port.strip_prefix(':')?))
            .then(|| address.parse().ok().map(IpAddr::V6))?;
    }
    let (address, port) = text.split_once(':')?;
    is_port(port).then(|| address.parse().ok().map(IpAddr::V4))?
}

/// Returns whether the text is a port number or an obfuscated port: `_`, then letters, digits, `.`,
/// `_` and `-`.
fn is_port(text: &str) -> bool {
    let is_obfuscated = text.strip_prefix('_').is_some_and(|name| {
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    });
    text.parse::<u16>().is_ok() || is_obfuscated
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    #[test]
    fn invalid_bytes_affect_only_their_own_address() {
        for (name, line) in [
            (X_FORWARDED_FOR, &b"\xff, 198.51.100.7"[..]),
            ("forwarded", &b"for=\xff, for=198.51.100.7"[..]),
        ] {
            let mut headers = HeaderMap::new();
            headers.append(HeaderName::from_static(name), HeaderValue::from_bytes(line).unwrap());
            let read = x_forwarded_for(&headers).or_else(|| forwarded(&headers));
            assert_eq!(read, Some(vec![None, Some([198, 51, 100, 7].into())]), "{name}");
        }
    }

    fn headers(name: &'static str, lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(
                HeaderName::from_static(name),
                HeaderValue::from_bytes(line.as_bytes()).unwrap(),
            );
        }
        headers
    }

    fn shown(hops: Option<Vec<Option<IpAddr>>>) -> Vec<String> {
        hops.unwrap()
            .into_iter()
            .map(|address| address.map_or_else(|| "?".to_owned(), |address| address.to_string()))
            .collect()
    }

    #[test]
    fn all_lines_make_one_list() {
        let hops = |lines: &[&str]| shown(x_forwarded_for(&headers("x-forwarded-for", lines)));
        assert_eq!(
            hops(&["203.0.113.9", "192.0.2.1, 10.0.0.1"]),
            ["203.0.113.9", "192.0.2.1", "10.0.0.1"]
        );
        assert_eq!(
            hops(&["192.0.2.1:4711,[2001:db8::1]:80,2001:db8::2,[2001:db8::3]"]),
            ["192.0.2.1", "2001:db8::1", "2001:db8::2", "2001:db8::3"]
        );
        assert_eq!(
            hops(&["unknown, _hidden,1.2.3, 192.0.2.1:x, , [192.0.2.1]"]),
            ["?", "?", "?", "?", "?"]
        );
        assert!(x_forwarded_for(&HeaderMap::new()).is_none());
    }

    #[test]
    fn forwarded_is_parsed_as_in_rfc_7239() {
        let hops = |lines: &[&str]| shown(forwarded(&headers("forwarded", lines)));
        assert_eq!(hops(&["for=192.0.2.60;proto=http;by=203.0.113.43"]), ["192.0.2.60"]);
        assert_eq!(
            hops(&["For=\"[2001:db8:cafe::17]:4711\"", "for=192.0.2.43, for=\"198.51.100.17:80\""]),
            ["2001:db8:cafe::17", "192.0.2.43", "198.51.100.17"]
        );
        assert_eq!(
            hops(&["for=unknown, for=\"_gazonk\", proto=https, for=1.2.3.4;for=5.6.7.8"]),
            ["?", "?", "?", "?"]
        );
        assert_eq!(hops(&["host=\"a,b;for=1.1.1.1\";for=192.0.2.1"]), ["192.0.2.1"]);
        // A quotation mark that a client left open does not hide the proxy's element.
        assert_eq!(hops(&["for=\"192.0.2.1, for=198.51.100.7"]).last().unwrap(), "198.51.100.7");
    }

    proptest! {
        #[test]
        fn the_address_of_the_proxy_is_found_behind_any_text(line in "[ -~]{0,60}") {
            let hops = forwarded(&headers("forwarded", &[&format!("{line}, for=198.51.100.7")])).unwrap();
            prop_assert_eq!(hops.last().copied().flatten(), Some("198.51.100.7".parse().unwrap()));
            let hops = x_forwarded_for(&headers("x-forwarded-for", &[&line, "198.51.100.7"])).unwrap();
            prop_assert_eq!(hops.last().copied().flatten(), Some("198.51.100.7".parse().unwrap()));
        }
    }
}
