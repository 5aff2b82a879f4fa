//! A browser to test in, and the driver that steers it.

use super::apt;
use crate::process;
use crate::version::Version;
use anyhow::{Result, bail};
use std::env;
use std::path::{Path, PathBuf};

/// Names Chromium and Chrome go by.
const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// Where they are when they are not on the PATH.
const BROWSER_PLACES: [&str; 3] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
];

/// A browser of the Chromium family with a driver of the same version.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) program: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds them, or installs both where apt has them.
pub(super) fn prepare() -> Result<Browser> {
    let problem = match find() {
        Ok(browser) => return Ok(browser),
        Err(problem) => problem,
    };
    println!("Browser for the tests: {problem}.");
    let by_apt = apt::is_here() && apt::candidate("chromium-driver")?.is_some();
    if !by_apt {
        bail!(
            "{problem}. Install Chrome or Chromium with the chromedriver of the same version, or \
             name them by CHROME and CHROMEDRIVER (on a Mac: brew install --cask google-chrome \
             chromedriver)"
        );
    }
    super::cache::ensure_free(Path::new("/usr"), 800, "Chromium")?;
    let packages = ["chromium", "chromium-driver"];
    apt::install("Installing Chromium with its driver", "30 s", &packages)?;
    find().map_err(|problem| anyhow::anyhow!("{problem}, even after installing Chromium"))
}

/// The browser and driver of this machine, or what is wrong with them.
fn find() -> Result<Browser, String> {
    let program = named("CHROME")
        .or_else(|| BROWSERS.into_iter().find_map(process::which))
        .or_else(|| existing(BROWSER_PLACES.map(PathBuf::from)))
        .ok_or("neither Chromium nor Chrome is installed")?;
    // Hosted runners name the driver's folder.
    let hosted = env::var_os("CHROMEWEBDRIVER")
        .map(|folder| Path::new(&folder).join(format!("chromedriver{}", env::consts::EXE_SUFFIX)));
    let driver = named("CHROMEDRIVER")
        .or_else(|| existing(hosted))
        .or_else(|| process::which("chromedriver"))
        .ok_or("chromedriver is not installed")?;
    // On Windows the browser opens a window instead of printing its version.
    if !cfg!(windows) {
        check_pair(&version_line(&program), &version_line(&driver))?;
    }
    Ok(Browser { program, driver })
}

fn named(variable: &str) -> Option<PathBuf> {
    existing(env::var_os(variable).map(PathBuf::from))
}

fn existing(places: impl IntoIterator<Item = PathBuf>) -> Option<PathBuf> {
    places.into_iter().find(|place| place.is_file())
}

fn version_line(program: &Path) -> String {
    process::answer(process::command(program).arg("--version")).unwrap_or_default()
}

/// A driver steers only the browser of its own major version.
fn check_pair(browser: &str, driver: &str) -> Result<(), String> {
    let browser = Version::find(browser).ok_or("the browser does not start")?;
    let driver = Version::find(driver).ok_or("chromedriver does not start")?;
    if browser.major == driver.major {
        Ok(())
    } else {
        let (browser, driver) = (browser.major, driver.major);
        Err(format!(
            "the browser has version {browser}, its driver version {driver}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browser_and_driver_share_their_major_version() {
        let browser = "Chromium 156.0.8078.79 built on Debian GNU/Linux 12";
        assert_eq!(check_pair(browser, "ChromeDriver 156.0.1.1 (x)"), Ok(()));
        let refusal = check_pair(browser, "ChromeDriver 155.0.8078.79 (x)").unwrap_err();
        assert!(
            refusal.contains("156") && refusal.contains("155"),
            "{refusal}"
        );
        assert!(check_pair(browser, "").is_err());
        assert!(check_pair("", "ChromeDriver 156.0.1.1 (x)").is_err());
    }
}
