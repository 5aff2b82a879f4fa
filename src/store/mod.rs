//! Keeping the reader's work in the browser: the text as it is edited, named
//! documents and the versions they went through.
//!
//! Only scripts are kept; logs and pictures follow from them.

mod file;
mod indexed;
mod keeper;
mod record;
mod shelf;
mod views;
mod work;

pub use file::{
    DropFile, DropFileProps, FileError, FileTroubleProps, OnFile, OpenFile, OpenFileProps, Opened,
    file_name, file_trouble, read, text_of,
};
pub use indexed::Indexed;
pub use keeper::{
    Damaged, Document, FirstChange, Found, How, Keeper, Kept, MAX_VERSION_BYTES, MAX_VERSIONS,
    Version, Why, salvage, title,
};
pub use shelf::{Change, Guard, Later, Memory, Shelf, StoreError};
pub use views::{SaveStatusProps, WorkDialog, WorkDialogProps, document_name, local, save_status};
pub use work::{DATABASE, News, State, Status, Work, use_work};
