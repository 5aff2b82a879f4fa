//! A file server for `dist/` on this machine.

use anyhow::{Result, anyhow};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::thread;
use tiny_http::{Header, Method, Request, Response};

/// Requests that are answered at the same time.
const THREADS: usize = 4;

/// A server that holds its port.
pub(crate) struct Server {
    server: tiny_http::Server,
}

impl Server {
    /// Takes a port of 127.0.0.1; port 0 takes any that is free.
    pub(crate) fn bind(port: u16) -> Result<Self> {
        let server = tiny_http::Server::http(("127.0.0.1", port)).map_err(|error| {
            anyhow!(
                "cannot listen on 127.0.0.1:{port}: {error}. Choose another port, for example \
                 `cargo xtask serve --port {}`",
                port.checked_add(1).unwrap_or(8080)
            )
        })?;
        Ok(Self { server })
    }

    /// Serves a folder until the program is stopped.
    pub(crate) fn run(&self, folder: &Path) -> Result<()> {
        println!(
            "\nExchequer is ready at http://{}/  (Ctrl+C stops it)",
            self.server.server_addr()
        );
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    while let Ok(request) = self.server.recv() {
                        answer(request, folder);
                    }
                });
            }
        });
        Err(anyhow!("the server stopped listening"))
    }
}

fn answer(request: Request, folder: &Path) {
    let response = if !matches!(request.method(), Method::Get | Method::Head) {
        plain(405, "Only GET and HEAD are answered here.\n")
    } else {
        match resolve(folder, request.url()).and_then(|path| Some((fs::read(&path).ok()?, path))) {
            Some((content, path)) => reply(200, content, mime(&path)),
            None => plain(404, "There is no such file.\n"),
        }
    };
    // A visitor who has gone is no error.
    let _ = request.respond(response);
}

fn plain(status: u16, text: &str) -> Response<Cursor<Vec<u8>>> {
    reply(status, text.into(), "text/plain; charset=utf-8")
}

fn reply(status: u16, content: Vec<u8>, mime: &str) -> Response<Cursor<Vec<u8>>> {
    let headers = [
        ("Content-Type", mime),
        // Ask again each time: what is served changes with every build.
        ("Cache-Control", "no-cache"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    let headers = headers
        .into_iter()
        .filter_map(|(name, value)| Header::from_bytes(name, value).ok());
    let mut response = Response::from_data(content).with_status_code(status);
    for header in headers {
        response.add_header(header);
    }
    response
}

/// The file below a folder that an address stands for.
fn resolve(folder: &Path, address: &str) -> Option<PathBuf> {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let mut path = folder.to_owned();
    for part in decode(address)?.split('/') {
        match part {
            "" | "." => {}
            ".." => return None,
            part if part.contains(['\\', ':', '\0']) || part.starts_with('.') => return None,
            part => path.push(part),
        }
    }
    if path.is_dir() {
        path.push("index.html");
    }
    path.is_file().then_some(path)
}

/// Undoes percent-encoding.
fn decode(address: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'%' {
            let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &rest[2..];
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The type browsers insist on for modules and wasm.
fn mime(path: &Path) -> &'static str {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    match extension.to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" | "md" | "exq" | "ftl" | "toml" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_for_a_file_below_the_folder_or_nothing() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("exchequer-serve-{}", std::process::id()));
        fs::create_dir_all(folder.join("lessons"))?;
        fs::write(folder.join("index.html"), "")?;
        fs::write(folder.join("lessons/a b.exq"), "")?;
        fs::write(folder.join(".secret"), "")?;
        let cases = [
            ("/", Some("index.html")),
            ("/index.html?embed=1", Some("index.html")),
            ("/./lessons//a%20b.exq", Some("lessons/a b.exq")),
            ("/lessons", None),
            ("/none", None),
            ("/.secret", None),
            ("/%2e%2e/etc/passwd", None),
            ("/../etc/passwd", None),
            ("/..%5cetc", None),
            ("/%zz", None),
            ("/%f", None),
            ("/%ff", None),
        ];
        for (address, file) in cases {
            let expected = file.map(|file| folder.join(file));
            assert_eq!(resolve(&folder, address), expected, "{address}");
        }
        fs::remove_dir_all(&folder)?;
        Ok(())
    }

    #[test]
    fn modules_and_wasm_have_the_types_browsers_insist_on() {
        assert_eq!(mime(Path::new("a_bg.wasm")), "application/wasm");
        assert_eq!(mime(Path::new("a.js")), "text/javascript; charset=utf-8");
        assert_eq!(mime(Path::new("A.HTML")), "text/html; charset=utf-8");
        assert_eq!(mime(Path::new("unknown")), "application/octet-stream");
    }

    #[test]
    fn a_taken_port_is_told_with_another_to_try() -> Result<()> {
        let first = Server::bind(0)?;
        let Some(address) = first.server.server_addr().to_ip() else {
            panic!("no address");
        };
        let Err(refusal) = Server::bind(address.port()) else {
            panic!("the port was given twice");
        };
        assert!(refusal.to_string().contains("--port"), "{refusal}");
        Ok(())
    }
}
