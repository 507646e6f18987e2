"""The report as a document that can be edited: cover, overview, findings, tests, annexes."""

import datetime
import io
import zipfile

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Noto Sans TC"
WHEN = datetime.datetime(2026, 1, 1)
INK, QUIET = RGBColor(0x1D, 0x26, 0x30), RGBColor(0x55, 0x60, 0x6C)
SUNKEN, LINE = "EFEDE8", "B8B2A6"


def fonts(properties, size=None, bold=None, colour=None):
    element = properties.element if hasattr(properties, "element") else properties
    font = properties.font
    font.name = FONT
    wanted = element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        wanted.set(qn(script), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        wanted.attrib.pop(qn(theme), None)
    if size:
        font.size = Pt(size)
    if bold is not None:
        font.bold = bold
    if colour is not None:
        font.color.rgb = colour


def styles(made):
    fonts(made.styles["Normal"], 10.5, colour=INK)
    made.styles["Normal"].paragraph_format.space_after = Pt(4)
    made.styles["Normal"].paragraph_format.line_spacing = 1.35
    for level, size in ((1, 16), (2, 13), (3, 11)):
        style = made.styles[f"Heading {level}"]
        fonts(style, size, True, INK)
        style.paragraph_format.space_before = Pt(14 if level == 1 else 10)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.keep_with_next = True


def shade(cell, fill):
    shading = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill)):
        shading.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shading)


def borders(table):
    """Hairlines instead of boxes."""
    made = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", LINE)):
            line.set(qn(name), value)
        made.append(line)
    table._tbl.tblPr.append(made)


def widths_of(grid, widths):
    """Some programs go by the cells, others by the grid."""
    for column, width in zip(grid.columns, widths):
        column.width = Mm(width)


def write(cell, words, size=9.5, bold=False, align=None, colour=None):
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.line_spacing = 1.2
    if align:
        paragraph.alignment = align
    run = paragraph.add_run(words)
    run.font.size = Pt(size)
    run.bold = bold
    if colour is not None:
        run.font.color.rgb = colour


def table(made, widths, rows, head=True):
    grid = made.add_table(rows=len(rows), cols=len(widths))
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    borders(grid)
    widths_of(grid, widths)
    for at, words in enumerate(rows):
        for cell, word, width in zip(grid.rows[at].cells, words, widths):
            cell.width = Mm(width)
            first = head and at == 0
            write(cell, word, bold=first, align=WD_ALIGN_PARAGRAPH.CENTER if first else None)
            if first:
                shade(cell, SUNKEN)
        properties = grid.rows[at]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if head and at == 0:
            properties.append(OxmlElement("w:tblHeader"))
    made.add_paragraph().paragraph_format.space_after = Pt(2)
    return grid


def pairs(made, rows):
    grid = made.add_table(rows=len(rows), cols=4)
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    borders(grid)
    widths_of(grid, (26, 59, 26, 59))
    for at, (a, b, c, d) in enumerate(rows):
        for cell, word, width, label in zip(grid.rows[at].cells, (a, b, c, d), (26, 59, 26, 59), (True, False, True, False)):
            cell.width = Mm(width)
            write(cell, word, colour=QUIET if label else None)
            if label:
                shade(cell, SUNKEN)
    made.add_paragraph().paragraph_format.space_after = Pt(2)


def page_number(paragraph, instruction):
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        run.font.size = Pt(8.5)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = instruction
        run._r.append(mark)


def small(paragraph, words):
    run = paragraph.add_run(words)
    run.font.size = Pt(8.5)
    run.font.color.rgb = QUIET


def cover(made):
    def line(words, size, before=0, bold=False, colour=None):
        paragraph = made.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(before)
        run = paragraph.add_run(words)
        run.font.size, run.bold = Pt(size), bold
        if colour is not None:
            run.font.color.rgb = colour

    line("{{查核單位}}", 16, 110, colour=QUIET)
    line("查核報告", 30, 30, True)
    line("{{受查單位}}", 18, 18, True)
    line("（{{報告狀態}}）", 12, 6, colour=QUIET)
    made.add_paragraph().paragraph_format.space_before = Pt(120)
    rows = [("查核案號", "{{查核案號}}"), ("查核基準日", "{{查核基準日}}"), ("查核期間", "{{查核期間}}"), ("查核人員", "{{查核人員}}"), ("編製人／日期", "{{編製人}}　{{編製日期}}"), ("覆核人／日期", "{{覆核人}}　{{覆核日期}}")]
    grid = made.add_table(rows=len(rows), cols=2)
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    borders(grid)
    widths_of(grid, (36, 94))
    for at, (name, mark) in enumerate(rows):
        for cell, word, width in zip(grid.rows[at].cells, (name, mark), (36, 94)):
            cell.width = Mm(width)
            write(cell, word, 11, colour=QUIET if word == name else None)
        shade(grid.rows[at].cells[0], SUNKEN)
    made.add_page_break()


def labelled(made, name, mark):
    paragraph = made.add_paragraph()
    paragraph.add_run(f"{name}：").bold = True
    paragraph.add_run(mark)


def marker(made, words):
    paragraph = made.add_paragraph()
    small(paragraph, words)


def findings(made):
    made.add_heading("貳、查核發現", 1)
    made.add_paragraph("共缺失 {{缺失數}} 項、建議事項 {{建議數}} 項。")
    marker(made, "{{#缺失}}")
    made.add_heading("{{缺失編號}}　{{標題}}", 2)
    pairs(made, [("類型", "{{類型}}", "嚴重程度", "{{嚴重程度}}"), ("類別", "{{類別}}", "例外／母體", "{{例外母體}}"), ("底稿", "{{底稿}}", "證據", "{{證據}}")])
    grid = made.add_table(rows=2, cols=2)
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    borders(grid)
    widths_of(grid, (85, 85))
    for at, words in enumerate((("查核發現", "現行規範"), ("{{查核發現}}", "{{現行規範}}"))):
        for cell, word in zip(grid.rows[at].cells, words):
            cell.width = Mm(85)
            write(cell, word, bold=at == 0, align=WD_ALIGN_PARAGRAPH.CENTER if at == 0 else None)
            if at == 0:
                shade(cell, SUNKEN)
    made.add_paragraph().paragraph_format.space_after = Pt(0)
    for name in ("原因", "風險影響", "改善建議"):
        labelled(made, name, "{{%s}}" % name)
    labelled(made, "受查單位回覆", "{{受查單位回覆}}")
    marker(made, "{{/缺失}}")


def report(path):
    made = docx.Document()
    made.core_properties.title, made.core_properties.author = "查核報告", ""
    made.core_properties.comments = ""
    made.core_properties.created = made.core_properties.modified = WHEN
    styles(made)
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.style = made.styles["Normal"]
    head.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    small(head, "{{受查單位}}　{{查核案號}}\t{{查核單位}}　查核報告")
    foot = section.footer.paragraphs[0]
    foot.style = made.styles["Normal"]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    small(foot, "列印日期 {{列印日期}}\t第 ")
    page_number(foot, "PAGE")
    small(foot, " 頁，共 ")
    page_number(foot, "NUMPAGES")
    small(foot, " 頁")
    cover(made)
    made.add_heading("壹、查核概要", 1)
    made.add_heading("一、查核範圍", 2)
    pairs(made, [("受查單位", "{{受查單位}}", "查核案號", "{{查核案號}}"), ("查核基準日", "{{查核基準日}}", "查核期間", "{{查核期間}}"), ("查核人員", "{{查核人員}}", "資通系統", "{{資通系統}}")])
    made.add_paragraph("本次查核收受資料檔案 {{檔案數}} 個，執行電腦輔助測試程序 {{測試數}} 項，發現例外 {{例外數}} 筆，提出缺失 {{缺失數}} 項、建議事項 {{建議數}} 項。")
    made.add_heading("二、依據版本及查核項目統計", 2)
    names = ["文件名稱", "版本", "項目數", "適用數", "符合數", "部分符合數", "不符合數", "未查核數"]
    table(made, [46, 36, 14, 14, 14, 16, 16, 14], [["規範", "版本", "項目", "適用", "符合", "部分符合", "不符合", "未查核"], ["{{#文件}}"] + [""] * 7, ["{{%s}}" % n for n in names], ["{{/文件}}"] + [""] * 7])
    findings(made)
    made.add_heading("參、電腦輔助測試", 1)
    marks = ["{{%s}}" % n for n in ("測試編號", "測試名稱", "判定", "母體數", "例外數", "條次")]
    table(made, [24, 56, 30, 18, 18, 24], [["測試編號", "測試名稱", "判定", "母體", "例外", "條次"], ["{{#測試}}"] + [""] * 5, marks, ["{{/測試}}"] + [""] * 5])
    made.add_heading("肆、查核項目", 1)
    marks = ["{{條次}}", "{{規範內容}}", "{{適用}}", "{{查核結果}}", "{{說明}}"]
    table(made, [20, 66, 18, 20, 46], [["條次", "規範內容", "適用", "查核結果", "說明"], ["{{#項目}}"] + [""] * 4, marks, ["{{/項目}}"] + [""] * 4])
    made.add_heading("伍、收受資料", 1)
    marks = ["{{%s}}" % n for n in ("編號", "檔名", "SHA-256", "收受時間", "備註")]
    table(made, [10, 48, 68, 24, 20], [["編號", "檔名", "SHA-256", "收受時間", "備註"], ["{{#收受檔案}}"] + [""] * 4, marks, ["{{/收受檔案}}"] + [""] * 4])
    made.add_heading("附記", 1)
    made.add_paragraph("本報告輸出時，案卷日誌共 {{日誌筆數}} 筆，根雜湊值（SHA-256）為 {{日誌雜湊值}}。事後得據以驗證案卷紀錄未經更動。")
    save(made, path)


def save(made, path):
    """Saves with fixed times, and without the picture that the library brings along."""
    out = io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out) as archive, zipfile.ZipFile(path, "w") as written:
        for part in archive.infolist():
            info = zipfile.ZipInfo(part.filename, (2026, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            written.writestr(info, archive.read(part.filename))
