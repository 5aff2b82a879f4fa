//! Sharing a scenario by a link or as files, and opening one that was shared.

mod dialog;
mod draw;
mod exports;
mod incoming;
mod page;
mod qr;

pub use dialog::{ShareDialogProps, share_dialog, share_link};
pub use exports::{EXPORTS, ExportsProps, stem};
pub use incoming::{LinkTroubleProps, Place, RunDiffersProps, link_trouble, run_differs};
pub use page::{copy_text, page_address, page_fragment};
pub use qr::{QrCode, QrProps, qr_view};
