//! A view as a picture: what the browser has laid out, written as vectors. Only
//! what is in the page can come into the picture: what somebody may not see is
//! not there.
//!
//! Backgrounds, borders and texts become rectangles, lines and texts where the
//! browser put them, also those that are scrolled out of sight; drawings are
//! copied with the looks that the style sheets gave them.

use std::fmt::Write;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, CssStyleDeclaration, DomRect, Element, HtmlCanvasElement,
    HtmlImageElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Node, Range,
    SvgElement, XmlSerializer,
};

/// The element that holds the view.
const VIEW: &str = "picture";
/// Room around it, in pixels.
const MARGIN: f64 = 16.0;
/// Height of a line of what stands above and below it.
const LINE: f64 = 24.0;
/// Pixels of a picture in points for each one of the page.
const SCALE: f64 = 2.0;
/// No side of it is longer than browsers can draw.
const LONGEST: f64 = 16_000.0;

/// What a drawing's looks are made of, as attributes.
const LOOKS: [&str; 14] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "opacity",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
    "dominant-baseline",
    "paint-order",
];

/// A picture in vectors.
pub struct Drawing {
    /// The document.
    pub svg: String,
    size: (f64, f64),
}

/// The view that is shown, with a line above and one below it; none if there is
/// no view.
pub fn view(title: &str, foot: &str) -> Option<Drawing> {
    let document = web_sys::window()?.document()?;
    let root = document.get_element_by_id(VIEW)?;
    let scrolled = unscrolled(&root);
    let mut pen = Pen::of(&root)?;
    pen.element(&root);
    for (element, top, left) in scrolled {
        element.set_scroll_top(top);
        element.set_scroll_left(left);
    }
    let ink = pen.look(&root)?;
    let paper = paper(&root);
    let (width, height) = (
        pen.reach.0 + 2.0 * MARGIN,
        pen.reach.1 + 2.0 * MARGIN + 2.0 * LINE,
    );
    let (font, color) = (value(&ink, "font-family"), value(&ink, "color"));
    let line = |y: f64, weight: u32, text: &str| {
        format!(
            "<text x=\"{MARGIN}\" y=\"{y}\" font-family=\"{}\" font-size=\"14\" font-weight=\"{weight}\" fill=\"{color}\">{}</text>\n",
            escaped(&font),
            escaped(text)
        )
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\">\n\
         <title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"{paper}\"/>\n",
        escaped(title)
    );
    svg.push_str(&line(MARGIN + 12.0, 600, title));
    let _ = write!(
        svg,
        "<g transform=\"translate({MARGIN} {})\">\n{}</g>\n",
        MARGIN + LINE,
        pen.svg
    );
    svg.push_str(&line(height - MARGIN + 2.0, 400, foot));
    svg.push_str("</svg>\n");
    Some(Drawing {
        svg,
        size: (width, height),
    })
}

impl Drawing {
    /// The same in points, as a PNG; none if the browser cannot draw it.
    pub async fn png(&self) -> Option<Vec<u8>> {
        let image = HtmlImageElement::new().ok()?;
        image.set_src(&format!(
            "data:image/svg+xml;charset=utf-8,{}",
            String::from(js_sys::encode_uri_component(&self.svg))
        ));
        JsFuture::from(image.decode()).await.ok()?;
        let longest = self.size.0.max(self.size.1);
        let scale = SCALE.min(LONGEST / longest);
        let canvas = web_sys::window()?
            .document()?
            .create_element("canvas")
            .ok()?;
        let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
        canvas.set_width((self.size.0 * scale).round() as u32);
        canvas.set_height((self.size.1 * scale).round() as u32);
        let brush = canvas.get_context("2d").ok()??;
        let brush: CanvasRenderingContext2d = brush.dyn_into().ok()?;
        let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
        brush
            .draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)
            .ok()?;
        let address = canvas.to_data_url().ok()?;
        decoded(address.split_once("base64,")?.1)
    }
}

/// Bytes from base 64, as browsers write it.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let binary = web_sys::window()?.atob(text).ok()?;
    // One character a byte.
    binary
        .chars()
        .map(|it| u8::try_from(u32::from(it)).ok())
        .collect()
}

/// What draws a view: where it begins, how far it has come, and what came of it.
struct Pen {
    window: web_sys::Window,
    range: Range,
    ruler: CanvasRenderingContext2d,
    origin: (f64, f64),
    reach: (f64, f64),
    hatched: u32,
    svg: String,
}

impl Pen {
    fn of(root: &Element) -> Option<Self> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
        let bounds = root.get_bounding_client_rect();
        Some(Self {
            range: document.create_range().ok()?,
            ruler: canvas.get_context("2d").ok()??.dyn_into().ok()?,
            window,
            origin: (bounds.left(), bounds.top()),
            reach: (0.0, 0.0),
            hatched: 0,
            svg: String::new(),
        })
    }

    fn look(&self, element: &Element) -> Option<CssStyleDeclaration> {
        self.window.get_computed_style(element).ok()?
    }

    /// Where a rectangle stands in the picture.
    fn place(&mut self, rect: &DomRect) -> [f64; 4] {
        let (x, y) = (rect.left() - self.origin.0, rect.top() - self.origin.1);
        self.reach.0 = self.reach.0.max(x + rect.width());
        self.reach.1 = self.reach.1.max(y + rect.height());
        [x, y, rect.width(), rect.height()]
    }

    fn element(&mut self, element: &Element) {
        let Some(look) = self.look(element) else {
            return;
        };
        let bounds = element.get_bounding_client_rect();
        let is_for_readers = bounds.width() <= 1.0 && value(&look, "overflow-x") == "hidden";
        if value(&look, "display") == "none"
            || value(&look, "visibility") == "hidden"
            || is_for_readers
        {
            return;
        }
        if element.is_instance_of::<SvgElement>() {
            return self.drawing(element, &bounds);
        }
        let opacity = value(&look, "opacity");
        let faint = opacity != "1";
        if faint {
            let _ = writeln!(self.svg, "<g opacity=\"{opacity}\">");
        }
        if bounds.width() > 0.0 && bounds.height() > 0.0 {
            self.ground(&look, &bounds);
        }
        if let Some(text) = written(element) {
            self.field(&look, &bounds, &text);
        } else {
            let children = element.child_nodes();
            for at in 0..children.length() {
                match children.item(at) {
                    Some(node) if node.node_type() == Node::TEXT_NODE => self.text(&node, &look),
                    Some(node) => {
                        if let Some(child) = node.dyn_ref::<Element>() {
                            self.element(child);
                        }
                    }
                    None => {}
                }
            }
        }
        if faint {
            self.svg.push_str("</g>\n");
        }
    }

    /// What a ground is filled with: its colour, or the colour that it is hatched
    /// with, as what is hidden or false is.
    fn fill(&mut self, look: &CssStyleDeclaration) -> String {
        let image = value(look, "background-image");
        let Some(color) = hatching(&image) else {
            return value(look, "background-color");
        };
        self.hatched += 1;
        let _ = writeln!(
            self.svg,
            "<pattern id=\"hatch-{0}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"2\" height=\"6\" fill=\"{color}\"/></pattern>",
            self.hatched
        );
        format!("url(#hatch-{})", self.hatched)
    }

    /// Background and borders.
    fn ground(&mut self, look: &CssStyleDeclaration, bounds: &DomRect) {
        let [x, y, width, height] = self.place(bounds);
        let fill = self.fill(look);
        let radius = pixels(&value(look, "border-top-left-radius")).min(width.min(height) / 2.0);
        let sides = ["top", "right", "bottom", "left"].map(|side| {
            let of = |what: &str| value(look, &format!("border-{side}-{what}"));
            let seen = !matches!(of("style").as_str(), "none" | "hidden");
            (
                if seen { pixels(&of("width")) } else { 0.0 },
                of("color"),
                of("style"),
            )
        });
        let (thick, color, style) = &sides[0];
        let even = sides.iter().all(|side| side == &sides[0]);
        let stroke = if even && *thick > 0.0 && !is_clear(color) {
            let dashes = match style.as_str() {
                "dashed" => " stroke-dasharray=\"4 3\"",
                "dotted" => " stroke-dasharray=\"1 2\"",
                _ => "",
            };
            format!(" stroke=\"{color}\" stroke-width=\"{thick}\"{dashes}")
        } else {
            String::new()
        };
        if !(is_clear(&fill) && stroke.is_empty()) {
            let fill = if is_clear(&fill) { "none" } else { &fill };
            let inset = if stroke.is_empty() { 0.0 } else { thick / 2.0 };
            let _ = writeln!(
                self.svg,
                "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" rx=\"{radius:.1}\" fill=\"{fill}\"{stroke}/>",
                x + inset,
                y + inset,
                (width - 2.0 * inset).max(0.0),
                (height - 2.0 * inset).max(0.0),
            );
        }
        if even {
            return;
        }
        let (right, bottom) = (x + width, y + height);
        let ends = [
            (x, y, right, y),
            (right, y, right, bottom),
            (x, bottom, right, bottom),
            (x, y, x, bottom),
        ];
        for ((thick, color, _), (x1, y1, x2, y2)) in sides.iter().zip(ends) {
            if *thick > 0.0 && !is_clear(color) {
                let _ = writeln!(
                    self.svg,
                    "<line x1=\"{x1:.2}\" y1=\"{y1:.2}\" x2=\"{x2:.2}\" y2=\"{y2:.2}\" stroke=\"{color}\" stroke-width=\"{thick}\"/>"
                );
            }
        }
    }

    /// A text, line by line as it was broken.
    fn text(&mut self, node: &Node, look: &CssStyleDeclaration) {
        let text = node.text_content().unwrap_or_default();
        if text.trim().is_empty() {
            return;
        }
        let mut lines: Vec<(f64, u32, u32, String)> = Vec::new();
        let mut at = 0;
        for letter in text.chars() {
            let end = at + letter.len_utf16() as u32;
            if let Some(rect) = self.rect_of(node, at, end)
                && rect.height() > 0.0
            {
                match lines.last_mut() {
                    Some((top, _, last, line))
                        if (*top - rect.top()).abs() < rect.height() / 2.0 =>
                    {
                        *last = end;
                        line.push(letter);
                    }
                    _ => lines.push((rect.top(), at, end, letter.to_string())),
                }
            }
            at = end;
        }
        for (_, from, to, line) in lines {
            if let Some(rect) = self.rect_of(node, from, to) {
                let [x, y, width, height] = self.place(&rect);
                self.line(look, &line, (x, y), (width, height));
            }
        }
    }

    fn rect_of(&self, node: &Node, from: u32, to: u32) -> Option<DomRect> {
        self.range.set_start(node, from).ok()?;
        self.range.set_end(node, to).ok()?;
        Some(self.range.get_bounding_client_rect())
    }

    /// One line of text in its box.
    fn line(
        &mut self,
        look: &CssStyleDeclaration,
        text: &str,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
    ) {
        let shown = match value(look, "text-transform").as_str() {
            "uppercase" => text.to_uppercase(),
            _ => text.to_owned(),
        };
        if shown.trim().is_empty() || width <= 0.0 {
            return;
        }
        let [family, size, weight, style, color] = [
            "font-family",
            "font-size",
            "font-weight",
            "font-style",
            "color",
        ]
        .map(|name| value(look, name));
        self.ruler
            .set_font(&format!("{style} {weight} {size} {family}"));
        let share = self.ruler.measure_text(&shown).map_or(0.8, |metrics| {
            let (above, below) = (
                metrics.font_bounding_box_ascent(),
                metrics.font_bounding_box_descent(),
            );
            above / (above + below).max(1.0)
        });
        let slant = if style == "normal" {
            ""
        } else {
            " font-style=\"italic\""
        };
        let under = if value(look, "text-decoration-line").contains("underline") {
            " text-decoration=\"underline\""
        } else {
            ""
        };
        let _ = writeln!(
            self.svg,
            "<text x=\"{x:.2}\" y=\"{:.2}\" font-family=\"{}\" font-size=\"{}\" font-weight=\"{weight}\"{slant}{under} fill=\"{color}\" textLength=\"{width:.2}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">{}</text>",
            y + height * share,
            escaped(&family),
            pixels(&size),
            escaped(&shown)
        );
    }

    /// What is written in a field.
    fn field(&mut self, look: &CssStyleDeclaration, bounds: &DomRect, text: &str) {
        let [x, y, _, height] = self.place(bounds);
        let size = pixels(&value(look, "font-size"));
        self.ruler.set_font(&format!(
            "{} {}px {}",
            value(look, "font-weight"),
            size,
            value(look, "font-family")
        ));
        let wide = self
            .ruler
            .measure_text(text)
            .map_or(0.0, |metrics| metrics.width());
        let x = x + pixels(&value(look, "padding-left")) + 1.0;
        let tall = size * 1.2;
        self.line(look, text, (x, y + (height - tall) / 2.0), (wide, tall));
    }

    /// A drawing, with the looks that style sheets gave it.
    fn drawing(&mut self, element: &Element, bounds: &DomRect) {
        if bounds.width() <= 0.0 || bounds.height() <= 0.0 {
            return;
        }
        let Some(copy) = element
            .clone_node_with_deep(true)
            .ok()
            .and_then(|it| it.dyn_into::<Element>().ok())
        else {
            return;
        };
        let [x, y, width, height] = self.place(bounds);
        self.dress(element, &copy);
        for (name, at) in [("x", x), ("y", y), ("width", width), ("height", height)] {
            let _ = copy.set_attribute(name, &format!("{at:.2}"));
        }
        if let Some(look) = self.look(element) {
            let _ = copy.set_attribute("overflow", &value(&look, "overflow"));
            let _ = copy.set_attribute("color", &value(&look, "color"));
        }
        let written = XmlSerializer::new().and_then(|it| it.serialize_to_string(&copy));
        if let Ok(written) = written {
            self.svg.push_str(&written);
            self.svg.push('\n');
        }
    }

    /// Puts on a copy, all the way down, what the original looks like.
    fn dress(&self, original: &Element, copy: &Element) {
        let Some(look) = self.look(original) else {
            return;
        };
        if value(&look, "display") == "none" || value(&look, "visibility") == "hidden" {
            let _ = copy.set_attribute("display", "none");
            return;
        }
        for name in LOOKS {
            let _ = copy.set_attribute(name, &value(&look, name));
        }
        let moved = value(&look, "transform");
        if moved != "none" && !original.has_attribute("transform") {
            let _ = copy.set_attribute("transform", &moved);
        }
        for name in ["class", "style"] {
            let _ = copy.remove_attribute(name);
        }
        let (of, to) = (original.children(), copy.children());
        for at in 0..of.length() {
            if let (Some(of), Some(to)) = (of.item(at), to.item(at)) {
                self.dress(&of, &to);
            }
        }
    }
}

/// Scrolls everything back to its beginning, where heads that stay in sight
/// belong, and says from where.
fn unscrolled(root: &Element) -> Vec<(Element, i32, i32)> {
    let inside = root.get_elements_by_tag_name("*");
    let inside = (0..inside.length()).filter_map(|at| inside.item(at));
    let mut scrolled = Vec::new();
    for element in [root.clone()].into_iter().chain(inside) {
        let (top, left) = (element.scroll_top(), element.scroll_left());
        if (top, left) != (0, 0) {
            element.set_scroll_top(0);
            element.set_scroll_left(0);
            scrolled.push((element, top, left));
        }
    }
    scrolled
}

fn value(look: &CssStyleDeclaration, name: &str) -> String {
    look.get_property_value(name).unwrap_or_default()
}

fn pixels(value: &str) -> f64 {
    value.trim_end_matches("px").parse().unwrap_or(0.0)
}

fn is_clear(color: &str) -> bool {
    color.is_empty()
        || color == "transparent"
        || (color.starts_with("rgba") && color.replace(' ', "").ends_with(",0)"))
}

/// The colour of the stripes of a background that is hatched.
fn hatching(image: &str) -> Option<&str> {
    let stripes = image.strip_prefix("repeating-linear-gradient(")?;
    let color = &stripes[stripes.find("rgb")?..];
    color.get(..=color.find(')')?)
}

/// The first ground under an element that is seen.
fn paper(element: &Element) -> String {
    let window = web_sys::window();
    let ground = |element: &Element| {
        let look = window.as_ref()?.get_computed_style(element).ok()??;
        Some(value(&look, "background-color")).filter(|color| !is_clear(color))
    };
    let mut at = Some(element.clone());
    while let Some(here) = at {
        if let Some(color) = ground(&here) {
            return color;
        }
        at = here.parent_element();
    }
    "#ffffff".to_owned()
}

/// What a field says; none of what is no field.
fn written(element: &Element) -> Option<String> {
    if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        let chosen = select.selected_options().item(0);
        return Some(chosen.and_then(|it| it.text_content()).unwrap_or_default());
    }
    if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        return Some(area.value());
    }
    let input = element.dyn_ref::<HtmlInputElement>()?;
    Some(match input.type_().as_str() {
        "checkbox" | "radio" => if input.checked() { "✓" } else { "" }.to_owned(),
        "range" => String::new(),
        _ => input.value(),
    })
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(' '),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_not_painted() {
        for clear in ["", "transparent", "rgba(0, 0, 0, 0)", "rgba(1,2,3,0)"] {
            assert!(is_clear(clear), "{clear}");
        }
        assert!(!is_clear("rgb(0, 0, 0)") && !is_clear("rgba(0, 0, 0, 0.5)"));
        assert_eq!((pixels("1.5px"), pixels("auto")), (1.5, 0.0));
    }

    #[test]
    fn stripes_have_the_colour_that_the_browser_says() {
        let image = "repeating-linear-gradient(45deg, rgb(76, 82, 91) 0px, rgb(76, 82, 91) 2px, rgba(0, 0, 0, 0) 2px)";
        assert_eq!(hatching(image), Some("rgb(76, 82, 91)"));
        for plain in [
            "none",
            "url(\"a.png\")",
            "repeating-linear-gradient(45deg, red, blue)",
        ] {
            assert_eq!(hatching(plain), None);
        }
    }

    #[test]
    fn a_text_stays_a_text() {
        assert_eq!(
            escaped("<b a=\"1\">&\u{1}\n"),
            "&lt;b a=&quot;1&quot;&gt;&amp; "
        );
    }
}
