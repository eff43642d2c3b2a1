//! Decompression bombs: files that unpack to far more than their size.

use super::{backup, packed, unpacked};
use crate::support::program::Installation;

/// Returns a gzip file of a few megabytes. It unpacks to the text, followed by `times` times 16 MiB
/// of `pattern`.
fn bomb(text: &str, pattern: &[u8], times: usize) -> Vec<u8> {
    use flate2::{Compress, Compression, FlushCompress};
    let deflate = |plain: &[u8]| {
        let mut packed = Vec::with_capacity(plain.len() / 100 + 4096);
        Compress::new(Compression::best(), false)
            .compress_vec(plain, &mut packed, FlushCompress::Full)
            .unwrap();
        packed
    };
    let block = deflate(&pattern.repeat((16 << 20) / pattern.len()));
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    let end = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    [&head[..], &deflate(text.as_bytes()), &block.repeat(times), &end].concat()
}

/// Three gigabytes as one line, as many lines, and as one line with many values are refused with
/// little memory.
#[tokio::test]
#[ignore = "needs python3"]
async fn a_bomb_is_refused_before_it_takes_memory() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "1"]).status.success());
    let file = from.path().join("backup.gz");
    backup(&from, &file);
    let lines = unpacked(&std::fs::read(&file).unwrap());
    let head = format!("{}\n", lines.lines().next().unwrap());
    let nested = format!("{head}[{}", "[".repeat(100));
    for (begin, pattern, reason) in [
        (head.as_str(), &b"x"[..], "line 2 is longer than 8 MiB"),
        ("", b" ", "line 1 is longer than 8 MiB"),
        (&head, b"[1,2,3,null]\n", "more than 250 times its size"),
        (&nested, b"1,", "line 2 is longer than 8 MiB"),
    ] {
        let bytes = bomb(begin, pattern, 192);
        assert!(bytes.len() < 12 << 20, "{}", bytes.len());
        std::fs::write(&file, bytes).unwrap();
        let to = Installation::bare();
        let (peak, output) = to.peak(&["restore", file.to_str().unwrap()]);
        assert!(output.contains(reason), "{output}");
        assert!(peak < 100 << 10, "{peak} KiB for {reason}");
        assert!(!to.data().join("clientele.db").exists());
    }
    // A short line with many lists would take a hundred times its size in memory.
    let values = format!("{head}[{}]\n", vec!["[]"; 1_000_000].join(","));
    std::fs::write(&file, packed(&values)).unwrap();
    let (peak, output) = Installation::bare().peak(&["restore", file.to_str().unwrap()]);
    assert!(output.contains("line 2 cannot be read") && peak < 100 << 10, "{peak} KiB: {output}");
}
