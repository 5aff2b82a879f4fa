//! What a page or Node sees.

use exchequer::report::Report;
use exchequer::script::{self, Diagnostic};
use exchequer::{Options, RunError, export, presets::Shipped, vocabulary};
use js_sys::{Error, Function, JSON, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const SCENARIO: &str = include_str!("../types/scenario.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const REPORTS: &str = include_str!("../types/reports.d.ts");

#[wasm_bindgen]
extern "C" {
    /// Options of a run.
    #[wasm_bindgen(typescript_type = "RunOptions")]
    pub type RunOptions;
    /// A report.
    #[wasm_bindgen(typescript_type = "Report")]
    pub type JsReport;
    /// Problems of a text.
    #[wasm_bindgen(typescript_type = "Diagnostic[]")]
    pub type JsDiagnostics;
    /// A scenario as JSON.
    #[wasm_bindgen(typescript_type = "Scenario")]
    pub type JsScenario;
    /// Gets every event.
    #[wasm_bindgen(typescript_type = "(event: ExchequerEvent) => void")]
    pub type OnEvent;
}

/// A value as a JavaScript object.
fn object(value: &impl Serialize) -> JsValue {
    let text = serde_json::to_string(value).unwrap_or_default();
    JSON::parse(&text).unwrap_or(JsValue::NULL)
}

/// An `Error` that carries all problems of the text as `diagnostics`.
fn error(error: &RunError) -> JsValue {
    let thrown = Error::new(&error.to_string());
    if let RunError::Script(diagnostics) = error {
        // Setting a property of a new object cannot fail.
        let _ = Reflect::set(&thrown, &"diagnostics".into(), &object(diagnostics));
    }
    thrown.into()
}

fn diagnostics_error(diagnostics: Vec<Diagnostic>) -> JsValue {
    error(&RunError::Script(diagnostics))
}

/// A scenario being played: text in, events out. The same text and seed give
/// the same digest, in every browser and natively.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Run {
    run: exchequer::Run,
    subscribers: Vec<Function>,
    delivered: u32,
}

#[wasm_bindgen]
impl Run {
    /// Reads a scenario; nothing is played yet. Throws an `Error` with all
    /// problems of the text under `diagnostics`.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, options: Option<RunOptions>) -> Result<Run, JsValue> {
        let number = |name: &str| {
            let options: &JsValue = options.as_ref()?.as_ref();
            Reflect::get(options, &name.into()).ok()?.as_f64()
        };
        let whole = |number: f64| {
            if number.is_finite() && number >= 0.0 {
                Some(number as u64)
            } else {
                None
            }
        };
        let options = Options {
            seed: number("seed").and_then(whole),
            ceiling: number("ceiling")
                .and_then(whole)
                .map(|most| u32::try_from(most).unwrap_or(u32::MAX)),
        };
        let run = exchequer::Run::load_with(text, options).map_err(|it| error(&it))?;
        Ok(Run {
            run,
            subscribers: Vec::new(),
            delivered: 0,
        })
    }

    /// Plays everything.
    #[wasm_bindgen(js_name = toEnd)]
    pub fn to_end(&mut self) -> Result<(), JsValue> {
        let done = self.run.to_end().map_err(|it| error(&it));
        self.deliver()?;
        done
    }

    /// Plays the next statement; says whether there was one.
    pub fn step(&mut self) -> Result<bool, JsValue> {
        let more = self.run.step().map_err(|it| error(&it))?;
        self.deliver()?;
        Ok(more)
    }

    /// Plays up to a time, written as in a script: `09:06`, `+1h` or a date
    /// with a time.
    pub fn to(&mut self, time: &str) -> Result<(), JsValue> {
        let done = self.run.to(time).map_err(|it| error(&it));
        self.deliver()?;
        done
    }

    /// Plays one more act, written as a line of script, now. It becomes the
    /// next line of the text.
    pub fn act(&mut self, line: &str) -> Result<(), JsValue> {
        self.run.act(line).map_err(|it| error(&it))?;
        self.deliver()
    }

    /// What a path shows, with its currency: `get("Alice.wallet")` is
    /// `"487.50 CNY"`.
    pub fn get(&self, path: &str) -> Result<String, JsValue> {
        self.run.get(path).map_err(|it| error(&it))
    }

    /// Calls back with every event from now on, in order.
    pub fn subscribe(&mut self, callback: OnEvent) {
        self.subscribers
            .push(JsValue::from(callback).unchecked_into());
    }

    /// The scenario's title.
    #[wasm_bindgen(getter)]
    pub fn title(&self) -> String {
        self.run.title().to_owned()
    }

    /// The scenario's text, with the lines that were acted.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.run.text().to_owned()
    }

    /// How many events there are.
    #[wasm_bindgen(getter)]
    pub fn events(&self) -> u32 {
        self.run.position()
    }

    /// BLAKE3 digest of the log, in hexadecimal.
    #[wasm_bindgen(getter)]
    pub fn digest(&self) -> String {
        self.run.digest()
    }

    /// Balances, expectations, refusals, invariants and the digest.
    pub fn report(&self) -> JsReport {
        object(&Report::of(&self.run)).unchecked_into()
    }

    fn deliver(&mut self) -> Result<(), JsValue> {
        if !self.subscribers.is_empty() {
            for index in self.delivered..self.run.position() {
                let Some(event) = export::event_json(&self.run, index) else {
                    continue;
                };
                let event = JSON::parse(&event)?;
                for subscriber in &self.subscribers {
                    subscriber.call1(&JsValue::NULL, &event)?;
                }
            }
        }
        self.delivered = self.run.position();
        Ok(())
    }
}

/// All problems of a text; none if it can be played.
#[wasm_bindgen]
pub fn check(text: &str) -> JsDiagnostics {
    let outcome = vocabulary::with(|vocabulary| script::parse(text, vocabulary, &Shipped));
    object(&outcome.diagnostics).unchecked_into()
}

/// The text in its canonical form. Throws if it has problems.
#[wasm_bindgen]
pub fn format(text: &str) -> Result<String, JsValue> {
    Ok(script::format(&parsed(text)?))
}

/// The text as JSON, one object a line. Throws if it has problems.
#[wasm_bindgen(js_name = toJson)]
pub fn to_json(text: &str) -> Result<JsScenario, JsValue> {
    Ok(object(&script::to_json(&parsed(text)?)).unchecked_into())
}

/// The text of a scenario given as JSON. Throws if it has problems.
#[wasm_bindgen(js_name = fromJson)]
pub fn from_json(scenario: &JsScenario) -> Result<String, JsValue> {
    let json = String::from(JSON::stringify(scenario.as_ref())?);
    let imported = vocabulary::with(|vocabulary| script::from_json(&json, vocabulary, &Shipped));
    if imported.outcome.errors().next().is_some() {
        return Err(diagnostics_error(imported.outcome.diagnostics));
    }
    Ok(script::format(&imported.outcome.script))
}

/// JSON Schema of scenarios.
#[wasm_bindgen]
pub fn schema() -> JsValue {
    object(&vocabulary::with(script::schema))
}

fn parsed(text: &str) -> Result<script::Script, JsValue> {
    let outcome = vocabulary::with(|vocabulary| script::parse(text, vocabulary, &Shipped));
    if outcome.errors().next().is_some() {
        return Err(diagnostics_error(outcome.diagnostics));
    }
    Ok(outcome.script)
}
