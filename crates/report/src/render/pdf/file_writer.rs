//! Pages to a PDF file: page tree, content streams, links, fonts; the catalog is set by [`super::catalog`].

use super::embed::Embedding;
use super::faces::Faces;
use super::page::{HEIGHT, Page, WIDTH};
use super::writer::{Meta, PageWriter};
use super::{catalog, content};
use crate::ReportError;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Document, Object, ObjectId, Stream, dictionary};
use std::io::Write as _;

/// The writer.
pub struct FileWriter<'f> {
    faces: &'f Faces<'f>,
}

impl<'f> FileWriter<'f> {
    /// A writer that embeds these fonts.
    pub fn new(faces: &'f Faces<'f>) -> Self {
        Self { faces }
    }
}

impl PageWriter for FileWriter<'_> {
    fn write(&self, pages: &[Page], meta: &Meta) -> Result<Vec<u8>, ReportError> {
        let mut file = Document::with_version("1.7");
        let mut fonts = Embedding::new(self.faces);
        let tree = file.new_object_id();
        let resources = file.new_object_id();
        let ids: Vec<ObjectId> = pages.iter().map(|_| file.new_object_id()).collect();
        for (page, id) in pages.iter().zip(&ids) {
            let stream = content::stream(page, self.faces, &mut fonts);
            let content = file.add_object(compressed(&stream)?);
            let mut entry = dictionary! {
                "Type" => "Page",
                "Parent" => Object::Reference(tree),
                "Contents" => Object::Reference(content),
            };
            if !page.links.is_empty() {
                entry.set("Annots", links(page, &ids));
            }
            file.set_object(*id, entry);
        }
        let fonts = fonts.add(&mut file)?;
        file.set_object(resources, dictionary! { "Font" => fonts });
        let kids: Vec<Object> = ids.iter().map(|id| Object::Reference(*id)).collect();
        file.set_object(
            tree,
            dictionary! {
                "Type" => "Pages",
                "Count" => i64::try_from(kids.len()).unwrap_or(i64::MAX),
                "Kids" => kids,
                "MediaBox" => [0.0, 0.0, WIDTH, HEIGHT].map(Object::Real).to_vec(),
                "Resources" => Object::Reference(resources),
            },
        );
        let root = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => Object::Reference(tree) });
        file.trailer.set("Root", Object::Reference(root));
        catalog::finish(file, pages, meta)
    }
}

/// A compressed stream.
fn compressed(bytes: &[u8]) -> Result<Stream, ReportError> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(6));
    let failed = |_| ReportError::Pdf { what: "page" };
    encoder.write_all(bytes).map_err(failed)?;
    let bytes = encoder.finish().map_err(failed)?;
    Ok(Stream::new(dictionary! { "Filter" => "FlateDecode" }, bytes).with_compression(false))
}

/// The links of a page, each to a place on another.
fn links(page: &Page, ids: &[ObjectId]) -> Vec<Object> {
    let link = |link: &super::page::Link| {
        let target = ids.get(link.page)?;
        let ((x, y), (width, height)) = (link.at, link.size);
        let corners = [x, HEIGHT - y - height, x + width, HEIGHT - y];
        Some(Object::Dictionary(dictionary! {
            "Type" => "Annot",
            "Subtype" => "Link",
            "Rect" => corners.map(Object::Real).to_vec(),
            "Border" => [0; 3].map(Object::Integer).to_vec(),
            "Dest" => catalog::place(*target, link.y),
        }))
    };
    page.links.iter().filter_map(link).collect()
}
