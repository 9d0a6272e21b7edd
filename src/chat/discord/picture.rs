//! Bars as a PNG for people who would rather look than read. All that is in it stands in the card's words and in its alt text as well.
//!
//! It has its own background, so that it reads alike in dark and light themes, and is drawn at twice the size at which it is shown.

use crate::message::{Bar, Picture};
use crate::screening;
use ab_glyph::{Font, FontRef, GlyphId, PxScale, ScaleFont, point};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Pixels across, twice what an embed shows.
const WIDTH: usize = 800;
/// Pixels from one bar to the next.
const ROW: usize = 56;
const MARGIN: usize = 36;
/// More bars would be scaled down until nobody can read them.
const MOST_BARS: usize = 12;
/// The height of letters, from the deepest to the highest.
const LETTERS: f32 = 32.0;
/// The height of capitals, as a part of that.
const CAPITALS: f32 = 0.6;
const THICKNESS: f32 = 20.0;
/// Between a label, its bar and the value.
const GAP: f32 = 24.0;
/// The most that labels and values may take.
const LABEL: f32 = 270.0;
const VALUE: f32 = 210.0;

type Colour = [u8; 3];
const BACKGROUND: Colour = [0x22, 0x27, 0x31];
const TRACK: Colour = [0x33, 0x3A, 0x48];
const FILL: Colour = [0x7C, 0xA2, 0xEE];
const INK: Colour = [0xF0, 0xF2, 0xF6];
const INK_VALUE: Colour = [0xC3, 0xCC, 0xDB];

/// Letters first, then signs.
static FONTS: LazyLock<Vec<FontRef<'static>>> = LazyLock::new(|| {
    let faces = [epaint_default_fonts::UBUNTU_LIGHT, epaint_default_fonts::NOTO_EMOJI_REGULAR];
    faces.into_iter().filter_map(|face| FontRef::try_from_slice(face).ok()).collect()
});

/// The picture as a file. None where there is nothing to draw.
///
/// A label in letters that the font lacks is drawn as its row's number, and part of one as "…": a row of boxes would tell nothing.
pub fn png(picture: &Picture) -> Option<Vec<u8>> {
    let bars = &picture.bars[..picture.bars.len().min(MOST_BARS)];
    if bars.is_empty() {
        return None;
    }
    let mut canvas = Canvas::new(WIDTH, bars.len() * ROW + 2 * MARGIN - (ROW - LETTERS as usize));
    let labels: Vec<Line> = bars.iter().enumerate().map(|(n, bar)| Line::label(bar, n + 1)).collect();
    let values: Vec<Line> = bars.iter().map(|bar| Line::new(&drawable(&bar.value)).within(VALUE)).collect();
    let widest = |lines: &[Line]| lines.iter().map(|line| line.width).fold(0.0, f32::max);
    let (left, right) = (MARGIN as f32, (WIDTH - MARGIN) as f32);
    let from = left + widest(&labels) + GAP;
    let to = right - widest(&values) - GAP;
    for (n, bar) in bars.iter().enumerate() {
        let middle = MARGIN as f32 + LETTERS / 2.0 + (n * ROW) as f32;
        canvas.line(&labels[n], left, middle, INK);
        canvas.pill(from, to, middle, TRACK);
        if bar.length > 0 {
            let end = from + (to - from) * f32::from(bar.length.min(1_000)) / 1_000.0;
            // Not shorter than it is thick, so that its ends are round.
            canvas.pill(from, end.max(from + THICKNESS), middle, FILL);
        }
        canvas.line(&values[n], right - values[n].width, middle, INK_VALUE);
    }
    canvas.png()
}

/// The text as the fonts can draw it: composed, in one line, "…" for what they lack. Empty where no letter is left.
fn drawable(text: &str) -> String {
    let mut out = String::new();
    for c in screening::one_line(text).nfc() {
        if c.is_whitespace() || has(c) {
            out.push(c);
        } else if !out.ends_with('…') {
            out.push('…');
        }
    }
    if out.chars().any(|c| c != '…' && !c.is_whitespace()) { out } else { String::new() }
}

/// Some font has this letter, and it can stand by itself from left to right.
fn has(c: char) -> bool {
    let from_the_right = matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}');
    !from_the_right && face(c).is_some()
}

/// The first font that has the letter, and its shape there.
fn face(c: char) -> Option<(&'static FontRef<'static>, GlyphId)> {
    FONTS.iter().map(|font| (font, font.glyph_id(c))).find(|(_, id)| *id != GlyphId(0))
}

/// Letters where they stand in a line.
struct Line {
    letters: Vec<(&'static FontRef<'static>, GlyphId, f32)>,
    /// Where each letter ends.
    text: String,
    width: f32,
}

impl Line {
    fn new(text: &str) -> Self {
        let mut line = Line { letters: Vec::new(), text: text.to_owned(), width: 0.0 };
        for (font, id) in text.chars().filter_map(face) {
            let scaled = font.as_scaled(PxScale::from(LETTERS));
            if let Some((before, last, _)) = line.letters.last()
                && std::ptr::eq(*before, font)
            {
                line.width += scaled.kern(*last, id);
            }
            line.letters.push((font, id, line.width));
            line.width += scaled.h_advance(id);
        }
        line
    }

    /// A bar's label, or the number of its row.
    fn label(bar: &Bar, row: usize) -> Self {
        let label = drawable(&bar.label);
        Line::new(&if label.is_empty() { format!("Row {row}") } else { label }).within(LABEL)
    }

    /// The line, cut with "…" where it is longer than this.
    fn within(self, most: f32) -> Self {
        if self.width <= most {
            return self;
        }
        let mut kept = self.text;
        loop {
            kept.pop();
            let line = Line::new(&format!("{}…", kept.trim_end()));
            if line.width <= most || kept.is_empty() {
                return line;
            }
        }
    }
}

/// Rows of pixels, each three bytes.
struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Canvas {
    fn new(width: usize, height: usize) -> Self {
        Canvas { width, height, pixels: BACKGROUND.repeat(width * height) }
    }

    /// Covers a part of a pixel.
    fn blend(&mut self, x: i64, y: i64, colour: Colour, part: f32) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x >= self.width || y >= self.height {
            return;
        }
        let at = 3 * (y * self.width + x);
        for (below, over) in self.pixels[at..at + 3].iter_mut().zip(colour) {
            let mixed = f32::from(*below) + (f32::from(over) - f32::from(*below)) * part.clamp(0.0, 1.0);
            *below = mixed.round() as u8;
        }
    }

    /// A bar with round ends.
    fn pill(&mut self, from: f32, to: f32, middle: f32, colour: Colour) {
        let radius = THICKNESS / 2.0;
        let (first, last) = (from + radius, (to - radius).max(from + radius));
        for y in (middle - radius) as i64 - 1..=(middle + radius) as i64 + 1 {
            for x in from as i64 - 1..=to as i64 + 1 {
                let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
                let distance = (px - px.clamp(first, last)).hypot(py - middle);
                self.blend(x, y, colour, radius - distance + 0.5);
            }
        }
    }

    /// A line of letters, its capitals about the middle.
    fn line(&mut self, line: &Line, from: f32, middle: f32, colour: Colour) {
        let base = middle + LETTERS * CAPITALS / 2.0;
        for (font, id, x) in &line.letters {
            let glyph = id.with_scale_and_position(PxScale::from(LETTERS), point(from + x, base));
            let Some(outline) = font.outline_glyph(glyph) else { continue };
            let (left, top) = (outline.px_bounds().min.x as i64, outline.px_bounds().min.y as i64);
            outline.draw(|x, y, part| self.blend(left + i64::from(x), top + i64::from(y), colour, part));
        }
    }

    fn png(&self) -> Option<Vec<u8>> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, u32::try_from(self.width).ok()?, u32::try_from(self.height).ok()?);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&self.pixels).ok()?;
        writer.finish().ok()?;
        Some(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bar(label: &str, value: &str, length: u16) -> Bar {
        Bar { label: label.into(), value: value.into(), length }
    }

    fn drawn(bars: &[Bar]) -> (u32, u32, Vec<u8>) {
        let file = png(&Picture { alt: String::new(), bars: bars.to_vec() }).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        (info.width, info.height, pixels)
    }

    fn count(pixels: &[u8], colour: Colour) -> usize {
        pixels.chunks(3).filter(|pixel| *pixel == colour).count()
    }

    #[test]
    fn a_longer_bar_has_more_of_its_colour() {
        let fill = |length| count(&drawn(&[bar("Ana", "7", length)]).2, FILL);
        assert_eq!(0, fill(0));
        assert!(0 < fill(1) && fill(1) < fill(400) && fill(400) < fill(1_000));
        assert_eq!(fill(1_000), fill(u16::MAX));
        let (width, height, pixels) = drawn(&[bar("Ana", "7", 500), bar("Ben", "8", 600)]);
        assert_eq!((WIDTH as u32, (MARGIN * 2 + ROW) as u32 + LETTERS as u32), (width, height));
        assert!(count(&pixels, INK) > 50 && count(&pixels, INK_VALUE) > 20 && count(&pixels, TRACK) > 1_000);
    }

    #[test]
    fn words_are_drawn_and_what_cannot_be_is_a_number() {
        for (label, shown) in [
            ("Zoë Müller-Łukasz", "Zoë Müller-Łukasz"),
            ("Zoe\u{308}", "Zoë"),
            ("Мария", "Мария"),
            ("Νίκος", "Νίκος"),
            ("田中Taro", "…Taro"),
            ("田中", ""),
            ("עומר", ""),
            ("a\n\u{202E}b", "a b"),
            (" ", ""),
        ] {
            assert_eq!(shown, drawable(label), "{label}");
        }
        assert_eq!("Row 2", Line::label(&bar("田中", "", 0), 2).text);
        let long = Line::label(&bar(&"Mmmm ".repeat(30), "", 0), 1);
        assert!(long.text.ends_with('…') && long.width <= LABEL, "{}", long.text);
        assert_ne!(drawn(&[bar("Ana", "", 1)]), drawn(&[bar("Ben", "", 1)]));
        assert_ne!(drawn(&[bar("Ana", "1", 1)]), drawn(&[bar("Ana", "2", 1)]));
    }

    #[test]
    fn nothing_is_no_picture_and_much_is_cut() {
        assert_eq!(None, png(&Picture { alt: "x".into(), bars: Vec::new() }));
        let many = vec![bar("x", "1", 10); 99];
        assert_eq!(drawn(&many[..MOST_BARS]), drawn(&many));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_words_can_be_drawn(bars in proptest::collection::vec((any::<String>(), any::<String>(), any::<u16>()), 1..4)) {
            let bars: Vec<Bar> = bars.iter().map(|(label, value, length)| bar(label, value, *length)).collect();
            drawn(&bars);
        }
    }
}
