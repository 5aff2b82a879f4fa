//! The app as static files in `dist/`.

use crate::process;
use crate::setup::Workshop;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Sections of a wasm file that only debuggers read.
const LEFT_OUT: [&str; 2] = ["name", "producers"];

/// How the file of a program ends whose glue stands beside it.
const PROGRAM: &str = "_bg.wasm";

/// Builds the release app with Trunk and makes it ready to be published.
pub(crate) fn build(workshop: &Workshop) -> Result<()> {
    println!("Building the app (2 to 4 minutes from nothing, seconds after an edit)");
    let mut trunk = workshop.command("trunk");
    trunk
        .args(["build", "--release", "--locked", "--features", "parts"])
        .env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk reads this variable as a Boolean; by convention any value counts.
    if env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    process::run_through("building the app with Trunk", &mut trunk)?;
    let dist = workshop.root.join("dist");
    take_apart(workshop, &dist)?;
    bring_languages(&workshop.root.join("static/messages"), &dist)?;
    let template = workshop.root.join("static/sw.template.js");
    let template = fs::read_to_string(template).context("cannot read static/sw.template.js")?;
    let bytes = finish(&dist, &template)?;
    println!("dist/ is ready: {} KiB", bytes / 1024);
    Ok(())
}

/// Copies the languages that are not built in, one file each, and names them in
/// the page.
fn bring_languages(messages: &Path, dist: &Path) -> Result<()> {
    let page = dist.join("index.html");
    let mut text = fs::read_to_string(&page).context("the build made no page")?;
    for file in fs::read_dir(messages)? {
        let file = file?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if let Some(tag) = name.strip_suffix(".ftl") {
            let link = language_link(tag, &fs::read_to_string(&file)?)?;
            text = text.replacen("</head>", &format!("{link}\n</head>"), 1);
            fs::create_dir_all(dist.join("messages"))?;
            fs::copy(&file, dist.join("messages").join(&*name))?;
        }
    }
    Ok(fs::write(page, text)?)
}

/// How a page names a language, from what stands at the head of its file.
fn language_link(tag: &str, file: &str) -> Result<String> {
    let said = |key: &str| {
        let lines = file.lines().filter_map(|line| line.split_once(" = "));
        let mut found = lines.filter(|(name, _)| *name == key).map(|(_, text)| text);
        found
            .next()
            .unwrap_or_default()
            .replace(['"', '<', '&'], "")
    };
    let name = said("language-name");
    ensure!(
        !name.is_empty(),
        "static/messages/{tag}.ftl says no language-name"
    );
    Ok(format!(
        "<link rel=\"alternate\" class=\"language\" type=\"text/plain\" href=\"./messages/{tag}.ftl\" hreflang=\"{tag}\" title=\"{name}\" data-plural=\"{}\" data-direction=\"{}\" data-pace=\"{}\">",
        said("language-plural"),
        said("language-direction"),
        said("language-pace"),
    ))
}

/// Puts the program in parts in the place of the whole one that Trunk made, so
/// that a page begins with what it needs first. The parts' names carry the
/// digest that Trunk gave the whole.
fn take_apart(workshop: &Workshop, dist: &Path) -> Result<()> {
    println!("Taking the program apart (a minute from nothing)");
    let programs = files(dist)?;
    let programs = programs
        .iter()
        .filter_map(|path| path.file_name()?.to_str()?.strip_suffix(PROGRAM));
    let [name] = programs.collect::<Vec<_>>()[..] else {
        bail!("the build made no program, or more than one");
    };
    let target = workshop.target()?;
    let linked = target.join("wasm32-unknown-unknown/small/exchequer-app.wasm");
    let parts = target.join("parts");
    // What is left of another build must not be published with this one.
    if parts.exists() {
        fs::remove_dir_all(&parts)?;
    }
    fs::create_dir_all(&parts)?;
    let mut split = workshop.cargo();
    split.args(["run", "--quiet", "--locked", "--package", "split", "--"]);
    split.args([linked.as_path(), &parts]).arg(name);
    process::run_through("taking the program apart", &mut split)?;
    let mut bindgen = workshop.command("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports"]);
    bindgen.args(["--out-name", name, "--out-dir"]).arg(dist);
    bindgen.arg(parts.join("main.wasm"));
    process::run_through("binding the program", &mut bindgen)?;
    for part in files(&parts)? {
        let file = web_name(&parts, &part);
        if file != "main.wasm" {
            fs::copy(&part, dist.join(file))?;
        }
    }
    let page = dist.join("index.html");
    let text = fs::read_to_string(&page).context("the build made no page")?;
    fs::write(page, ahead(&text, &format!("{name}-parts.js"))?)?;
    Ok(())
}

/// Makes one file of the page's styles: they are all needed before anything is
/// drawn, and each file is one more to wait for.
fn join_styles(dist: &Path, page: &str) -> Result<()> {
    let (mut joined, mut kept, mut first) = (String::new(), String::new(), None);
    for line in page.split_inclusive('\n') {
        match style(line) {
            Some(name) => {
                first.get_or_insert(kept.len());
                let file = dist.join(name);
                joined.push_str(&fs::read_to_string(&file)?);
                fs::remove_file(file)?;
            }
            None => kept.push_str(line),
        }
    }
    let Some(first) = first else { return Ok(()) };
    let whole = integrity(joined.as_bytes());
    let name = format!("app-{}.css", hex(&Sha256::digest(&joined)[..8]));
    kept.insert_str(
        first,
        &format!("<link rel=\"stylesheet\" href=\"./{name}\" integrity=\"{whole}\">\n"),
    );
    fs::write(dist.join(name), joined)?;
    fs::write(dist.join("index.html"), kept)?;
    Ok(())
}

/// The file of styles that a line of the page links to.
fn style(line: &str) -> Option<&str> {
    let link = line
        .trim()
        .strip_prefix("<link rel=\"stylesheet\" href=\"./")?;
    let (name, rest) = link.split_once('"')?;
    // Nothing else may stand on the line.
    let alone = rest.matches('>').count() == 1 && rest.ends_with('>');
    (alone && name.ends_with(".css")).then_some(name)
}

/// The page with one more script to be loaded along with the program's own.
fn ahead(page: &str, script: &str) -> Result<String> {
    const OWN: &str = "<link rel=\"modulepreload\" id=\"app-module\"";
    ensure!(page.matches(OWN).count() == 1, "the page names no program");
    let ours = format!("<link rel=\"modulepreload\" href=\"./{script}\">\n{OWN}");
    Ok(page.replace(OWN, &ours))
}

/// Reduces the wasm files, checks the page and writes the service worker.
/// Returns the size of all files.
fn finish(dist: &Path, template: &str) -> Result<u64> {
    let page = fs::read_to_string(dist.join("index.html")).context("the build made no page")?;
    if let Some(address) = rooted_address(&page) {
        bail!("dist/index.html refers to {address}, which is wrong below a path: make it relative");
    }
    join_styles(dist, &page)?;
    for path in files(dist)? {
        if web_name(dist, &path).ends_with(".wasm") {
            reduce(&path)?;
        }
    }
    let mut bytes = 0;
    let mut listed = Map::new();
    for path in files(dist)? {
        let name = web_name(dist, &path);
        if name == "sw.js" {
            continue;
        }
        let content = fs::read(&path)?;
        bytes += content.len() as u64;
        listed.insert(cached_name(&name), integrity(&content).into());
    }
    let worker = service_worker(template, &listed)?;
    bytes += worker.len() as u64;
    fs::write(dist.join("sw.js"), worker)?;
    Ok(bytes)
}

/// The service worker that keeps these files.
fn service_worker(template: &str, listed: &Map<String, Value>) -> Result<String> {
    let files = serde_json::to_string_pretty(listed)?;
    let version = hex(&Sha256::digest(&files)[..8]);
    for place in ["\"{{version}}\"", "\"{{files}}\""] {
        let count = template.matches(place).count();
        ensure!(
            count == 1,
            "static/sw.template.js must contain {place} once, not {count} times"
        );
    }
    Ok(template
        .replace("{{version}}", &version)
        .replace("\"{{files}}\"", &files))
}

/// The page is asked for by its folder; hosts redirect its own name to that.
fn cached_name(name: &str) -> String {
    match name {
        "index.html" => "./".to_owned(),
        name => name.to_owned(),
    }
}

/// Every file below a folder, in a stable order, hidden ones left out.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path())?);
        } else {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// A file's address relative to the page.
fn web_name(dist: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(dist).unwrap_or(path).components();
    let parts: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// The first address in a page that starts at the host's root.
fn rooted_address(page: &str) -> Option<&str> {
    let starts = ["href=\"/", "src=\"/", "from '/", "from \"/"];
    let (at, start) = starts
        .iter()
        .filter_map(|start| Some((page.find(start)?, start)))
        .min()?;
    let rest = &page[at + start.len() - 1..];
    Some(&rest[..rest.find(['"', '\'']).unwrap_or(rest.len())])
}

/// Takes out of a program what only debuggers read, and shortens the names by
/// which it and its glue know each other: the digests in them hardly compress.
fn reduce(program: &Path) -> Result<()> {
    let module = fs::read(program)?;
    let module =
        slim(&module).with_context(|| format!("{} is no wasm module", program.display()))?;
    let Some(name) = program
        .to_string_lossy()
        .strip_suffix(PROGRAM)
        .map(str::to_owned)
    else {
        // A part: it has no glue of its own.
        return Ok(fs::write(program, module)?);
    };
    let glue = format!("{name}.js");
    let text = fs::read_to_string(&glue).with_context(|| format!("cannot read {glue}"))?;
    let (module, text) = shorten(&module, text)
        .with_context(|| format!("the imports of {} cannot be read", program.display()))?;
    fs::write(program, module)?;
    Ok(fs::write(glue, text)?)
}

/// A module and its glue with short names for the functions that the one
/// imports from the other; `None` if it imports anything else.
fn shorten(module: &[u8], mut glue: String) -> Option<(Vec<u8>, String)> {
    const HEADER: usize = 8;
    const IMPORTS: u8 = 2;
    const FUNCTION: u8 = 0;
    let mut made = module.get(..HEADER)?.to_vec();
    let mut at = HEADER;
    while at < module.len() {
        let (size, size_length) = leb128(&module[at + 1..])?;
        let content = at + 1 + size_length;
        let section = module.get(content..content.checked_add(size)?)?;
        if module[at] == IMPORTS {
            let (count, mut read) = leb128(section)?;
            let mut imports = encoded(count);
            for number in 0..count {
                let mut text = || {
                    let (length, start) = leb128(section.get(read..)?)?;
                    let text = section.get(read + start..read + start + length)?;
                    read += start + length;
                    std::str::from_utf8(text).ok()
                };
                let (from, name) = (text()?, text()?);
                // Only what ends in a digest is named like nothing else.
                let digest = name.rsplit('_').next().unwrap_or_default();
                let mut short = name.to_owned();
                if digest.len() == 16 && digest.chars().all(|c| c.is_ascii_hexdigit()) {
                    short = format!("i{number}");
                    glue = glue.replace(name, &short);
                }
                for text in [from, &short] {
                    imports.extend(encoded(text.len()));
                    imports.extend(text.as_bytes());
                }
                let kind = *section.get(read)?;
                let (_, length) = leb128(section.get(read + 1..)?)?;
                imports.extend(section.get(read..read + 1 + length)?);
                read += 1 + length;
                if kind != FUNCTION {
                    return None;
                }
            }
            made.push(IMPORTS);
            made.extend(encoded(imports.len()));
            made.extend(imports);
        } else {
            made.extend(&module[at..content + size]);
        }
        at = content + size;
    }
    Some((made, glue))
}

/// A number in wasm's variable length.
fn encoded(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// A wasm module without the sections only debuggers read; `None` if the bytes
/// are not a whole module.
fn slim(module: &[u8]) -> Option<Vec<u8>> {
    const HEADER: usize = 8;
    const CUSTOM: u8 = 0;
    let mut kept = module
        .get(..HEADER)
        .filter(|it| it.starts_with(b"\0asm"))?
        .to_vec();
    let mut at = HEADER;
    while at < module.len() {
        let (size, size_length) = leb128(&module[at + 1..])?;
        let content = at + 1 + size_length;
        let end = content.checked_add(size)?;
        let section = module.get(at..end)?;
        if !(module[at] == CUSTOM && is_left_out(&module[content..end])?) {
            kept.extend_from_slice(section);
        }
        at = end;
    }
    Some(kept)
}

fn is_left_out(custom: &[u8]) -> Option<bool> {
    let (size, start) = leb128(custom)?;
    let name = custom.get(start..start.checked_add(size)?)?;
    Some(LEFT_OUT.iter().any(|it| it.as_bytes() == name))
}

/// An unsigned 32-bit number in wasm's variable length, and that length.
fn leb128(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut number = 0_u32;
    for (index, &byte) in bytes.iter().take(5).enumerate() {
        let shifted = u32::from(byte & 0x7f).checked_shl(7 * u32::try_from(index).ok()?)?;
        number |= shifted;
        if byte < 0x80 {
            return Some((usize::try_from(number).ok()?, index + 1));
        }
    }
    None
}

/// What a browser compares a download with.
fn integrity(content: &[u8]) -> String {
    format!("sha256-{}", base64(&Sha256::digest(content)))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut group = [0; 4];
        group[1..=chunk.len()].copy_from_slice(chunk);
        let group = u32::from_be_bytes(group);
        for place in 0..4 {
            if place > chunk.len() {
                text.push('=');
            } else {
                let digit = group >> (18 - 6 * place) & 63;
                text.push(char::from(DIGITS[digit as usize]));
            }
        }
    }
    text
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_one_file() -> Result<()> {
        let folder = env::temp_dir().join(format!("exchequer-languages-{}", std::process::id()));
        let (messages, dist) = (folder.join("messages"), folder.join("dist"));
        fs::create_dir_all(messages.join("en"))?;
        fs::create_dir_all(&dist)?;
        fs::write(
            messages.join("ar.ftl"),
            "language-name = العربية\nlanguage-plural = arabic\nlanguage-direction = rtl\nshare = x\n",
        )?;
        fs::write(dist.join("index.html"), "<head>\n</head>\n")?;
        bring_languages(&messages, &dist)?;
        let page = fs::read_to_string(dist.join("index.html"))?;
        let there = dist.join("messages/ar.ftl").exists();
        fs::remove_dir_all(folder)?;
        assert!(there);
        assert_eq!(
            page,
            "<head>\n<link rel=\"alternate\" class=\"language\" type=\"text/plain\" href=\"./messages/ar.ftl\" hreflang=\"ar\" title=\"العربية\" data-plural=\"arabic\" data-direction=\"rtl\" data-pace=\"\">\n</head>\n"
        );
        assert!(language_link("xx", "share = Share\n").is_err());
        Ok(())
    }

    #[test]
    fn base64_follows_rfc_4648() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, coded) in cases {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn a_module_loses_its_names_and_nothing_else() {
        let header = b"\0asm\x01\0\0\0".to_vec();
        let types = [1, 4, 1, 0x60, 0, 0];
        let names = [0, 7, 4, b'n', b'a', b'm', b'e', 1, 2];
        let features = [0, 4, 2, b't', b'f', 9];
        let whole = [&header[..], &types, &names, &features].concat();
        let slimmed = [&header[..], &types, &features].concat();
        assert_eq!(slim(&whole), Some(slimmed));
        assert_eq!(slim(&whole[..whole.len() - 1]), None, "cut short");
        assert_eq!(slim(b"<html>"), None);
    }

    #[test]
    fn imports_get_short_names_on_both_sides() {
        let name = b"__wbg_log_4687d8d8c2017d52";
        let entry = [&[1, b'g', 26][..], name, &[0, 3]].concat();
        let header = b"\0asm\x01\0\0\0";
        let types = [1, 4, 1, 0x60, 0, 0];
        let whole = [header, &types[..], &[2, 32, 1], &entry].concat();
        let glue = "const imports = { __wbg_log_4687d8d8c2017d52() {} };".to_owned();
        let short = [header, &types[..], &[2, 8, 1, 1, b'g', 2, b'i', b'0', 0, 3]].concat();
        let renamed = "const imports = { i0() {} };".to_owned();
        assert_eq!(shorten(&whole, glue.clone()), Some((short, renamed)));
        assert_eq!(
            shorten(&whole[..whole.len() - 1], glue.clone()),
            None,
            "cut short"
        );
        let memory = [header, &[2, 7, 1, 1, b'g', 1, b'm', 2, 0][..]].concat();
        assert_eq!(shorten(&memory, glue), None);
    }

    #[test]
    fn styles_become_one_file_in_their_order() -> Result<()> {
        let dist = env::temp_dir().join(format!("exchequer-styles-{}", std::process::id()));
        fs::create_dir_all(&dist)?;
        fs::write(dist.join("b.css"), "b{}\n")?;
        fs::write(dist.join("a.css"), "a{}\n")?;
        let page = "<head>\n<link rel=\"stylesheet\" href=\"./b.css\" integrity=\"x\"/>\n  \
                    <link rel=\"stylesheet\" href=\"./a.css\" />\n<title>x</title>\n";
        join_styles(&dist, page)?;
        let made = fs::read_to_string(dist.join("index.html"))?;
        let name = style(made.lines().nth(1).unwrap_or_default()).context("no styles")?;
        assert_eq!(made.matches("stylesheet").count(), 1, "{made}");
        assert_eq!(fs::read_to_string(dist.join(name))?, "b{}\na{}\n");
        assert!(!dist.join("a.css").exists());
        fs::remove_dir_all(&dist)?;
        Ok(())
    }

    #[test]
    fn the_page_loads_the_parts_script_ahead() -> Result<()> {
        let page = "<link rel=\"modulepreload\" id=\"app-module\" href=\"./a.js\">";
        let made = ahead(page, "a-parts.js")?;
        assert!(made.ends_with(page), "{made}");
        assert!(made.starts_with("<link rel=\"modulepreload\" href=\"./a-parts.js\">"));
        assert!(ahead("<html>", "a-parts.js").is_err());
        Ok(())
    }

    #[test]
    fn addresses_at_the_hosts_root_are_found() {
        assert_eq!(
            rooted_address("<link href=\"./a.css\"><a href=\"#/l\">"),
            None
        );
        assert_eq!(rooted_address("<script src=\"/a.js\">"), Some("/a.js"));
        assert_eq!(
            rooted_address("import x from '/b.js'; <a href=\"/c\">"),
            Some("/b.js")
        );
    }

    #[test]
    fn the_service_worker_lists_files_and_changes_its_name_with_them() -> Result<()> {
        let template = "const V = \"{{version}}\"; const F = \"{{files}}\";";
        let mut listed = Map::new();
        listed.insert("./".to_owned(), "sha256-a".into());
        let first = service_worker(template, &listed)?;
        assert!(
            first.contains("\"./\": \"sha256-a\"") && !first.contains("{{"),
            "{first}"
        );
        listed.insert("./".to_owned(), "sha256-b".into());
        let second = service_worker(template, &listed)?;
        let name = |worker: &str| worker.split('"').nth(1).map(str::to_owned);
        assert_ne!(name(&first), name(&second));
        assert!(service_worker("const V = 1;", &listed).is_err());
        Ok(())
    }

    #[test]
    fn a_finished_folder_caches_the_page_by_its_folder_and_not_the_worker_itself() -> Result<()> {
        let dist = env::temp_dir().join(format!("exchequer-dist-{}", std::process::id()));
        fs::create_dir_all(dist.join("scenarios"))?;
        fs::write(dist.join("index.html"), "<!doctype html>")?;
        fs::write(dist.join("scenarios/one.exq"), "scenario")?;
        fs::write(dist.join("sw.js"), "old")?;
        fs::write(dist.join(".hidden"), "")?;
        finish(&dist, "\"{{version}}\" \"{{files}}\"")?;
        let worker = fs::read_to_string(dist.join("sw.js"))?;
        assert!(
            worker.contains("\"./\"") && worker.contains("\"scenarios/one.exq\""),
            "{worker}"
        );
        for absent in ["index.html", "sw.js", ".hidden"] {
            assert!(!worker.contains(absent), "{worker}");
        }
        fs::remove_dir_all(&dist)?;
        Ok(())
    }
}
