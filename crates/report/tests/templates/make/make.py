"""Makes the templates of the tests, as other authorities might have designed them.

    pip install xlsxwriter==3.3.1 python-docx==1.2.0 odfpy==1.4.1 pillow
    python make.py

Everything is written with fixed times, so that the same script gives the same bytes.
"""

import datetime
import io
import os
import re
import zipfile

import docx
import xlsxwriter
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from odf import style, table, text
from odf.opendocument import OpenDocumentSpreadsheet
from PIL import Image

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
WHEN = datetime.datetime(2020, 1, 1)
ZIPPED = (2020, 1, 1, 0, 0, 0)


def picture(colour, size=(96, 48)):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    out.seek(0)
    return out


def workbook(name):
    book = xlsxwriter.Workbook(os.path.join(HERE, name))
    book.set_properties({"title": "範本", "author": "某機關", "created": WHEN})
    book.set_calc_mode("auto")
    return book


def repacked(name, change):
    """Passes every part through `change(part, bytes)`; parts that it adds come last."""
    path = os.path.join(HERE, name)
    with zipfile.ZipFile(path) as archive:
        parts = [(i.filename, archive.read(i.filename), i.compress_type) for i in archive.infolist()]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, data, kind in change(parts):
            info = zipfile.ZipInfo(part, ZIPPED)
            info.compress_type = kind
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    with open(path, "wb") as file:
        file.write(out.getvalue())


def charts():
    """A region that a chart, sparklines and totals look at; pictures on the sheet and in the page's head."""
    book = workbook("charts.xlsx")
    bold = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    number = book.add_format({"num_format": "#,##0", "border": 1})
    sheet = book.add_worksheet("例外統計")
    sheet.set_header("&L&G&C{{查核單位}}&R{{查核案號}}", {"image_left": "logo.png", "image_data_left": picture("navy", (60, 30))})
    sheet.set_footer("&C第 &P 頁，共 &N 頁")
    sheet.write("A1", "{{受查單位}} 測試統計", bold)
    sheet.write("A2", "期間：{{查核期間}}（含首尾日）")
    for column, head in enumerate(["測試", "母體", "例外", "比率", "走勢"]):
        sheet.write(3, column, head, bold)
    sheet.write("A5", "{{#測試}}")
    sheet.write("A6", "{{測試編號}} {{測試名稱}}", wrap)
    sheet.write("B6", "{{母體數}}", number)
    sheet.write("C6", "{{測試.例外數}}", number)
    sheet.write_formula("D6", "=IF(B6=0,0,C6/B6)", number, 0)
    sheet.write("A7", "{{/測試}}")
    sheet.write("A8", "合計", bold)
    sheet.write_formula("B8", "=SUM(B6:B6)", number, 0)
    sheet.write_formula("C8", "=SUM(C5:C7)", number, 0)
    sheet.write_formula("D8", "=C8/B8", number, 0)
    sheet.add_sparkline("E6", {"range": "例外統計!B6:C6"})
    sheet.add_sparkline("E8", {"range": "例外統計!B8:C8"})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"name": "例外", "categories": "=例外統計!$A$6:$A$6", "values": "=例外統計!$C$6:$C$6"})
    chart.set_title({"name": "{{受查單位}} 例外統計"})
    sheet.insert_chart("A11", chart)
    sheet.insert_image("G1", "seal.png", {"image_data": picture("darkred")})
    sheet.insert_image("G20", "seal2.png", {"image_data": picture("darkgreen")})
    sheet.set_column("A:A", 30, None)
    other = book.add_worksheet("摘要")
    other.write("A1", "例外合計")
    other.write_formula("B1", "=例外統計!C8", number, 0)
    other.write_formula("B2", "=COUNTA(例外統計!A6:A6)", number, 0)
    book.define_name("例外合計", "=例外統計!$C$8")
    book.define_name("測試清單", "=例外統計!$A$6:$C$6")
    book.close()


def formats():
    """Icon sets, data bars, scales, validations, a table with totals, a filter, a print area, frozen heads."""
    book = workbook("formats.xlsx")
    head = book.add_format({"bold": True, "bg_color": "#EFEDE8"})
    wrap = book.add_format({"text_wrap": True, "border": 4})
    red = book.add_format({"font_color": "#A3231B"})
    sheet = book.add_worksheet("缺失")
    sheet.write("A1", "缺失彙總（{{查核案號}}）", head)
    sheet.write("A2", "共 {{缺失數}} 項缺失、{{建議數}} 項建議")
    sheet.write("F2", "{{缺失數}}")
    heads = ["編號", "標題", "嚴重程度", "例外數", "處理"]
    sheet.add_table("A4:E7", {"name": "缺失表", "columns": [{"header": h} for h in heads], "style": "Table Style Light 9"})
    sheet.write_string("A5", "{{#缺失}}")
    for column, word in enumerate(["{{缺失編號}}", "{{標題}}", "{{嚴重程度}}", "{{例外數}}", ""]):
        sheet.write(5, column, word, wrap)
    sheet.write("A7", "{{/缺失}}")
    sheet.write("A9", "覆核：{{覆核人}}")
    sheet.write("A10", "未知：{{不存在之欄位}}。")
    sheet.conditional_format("D6", {"type": "icon_set", "icon_style": "3_traffic_lights"})
    sheet.conditional_format("D6:D6", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("A6:E6", {"type": "formula", "criteria": '=$C6="高"', "format": red})
    sheet.conditional_format("H1:H20", {"type": "3_color_scale"})
    sheet.data_validation("E6", {"validate": "list", "source": ["同意", "不同意"]})
    sheet.data_validation("H9", {"validate": "list", "source": "=$H$12:$H$14"})
    sheet.write_column("H12", ["甲", "乙", "丙"])
    sheet.freeze_panes(4, 0)
    sheet.print_area("A1:E10")
    sheet.repeat_rows(3)
    sheet.ignore_errors({"number_stored_as_text": "A6:E6 A9"})
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    items = book.add_worksheet("項目")
    items.autofilter("A1:C4")
    items.write_row("A1", ["條次", "規範內容", "查核結果"], head)
    items.write("A2", "{{#項目}}")
    items.write_row("A3", ["{{條次}}", "{{規範內容}}", "{{查核結果}}"], wrap)
    items.write("A4", "{{/項目}}")
    book.close()


def controls():
    """Check boxes of the old kind and in cells, comments, protection with ranges that may be edited."""
    book = workbook("controls.xlsx")
    free = book.add_format({"locked": False, "border": 1})
    sheet = book.add_worksheet("確認單")
    sheet.protect("", {"objects": True, "format_rows": True})
    sheet.unprotect_range("C5:C5", "意見")
    sheet.unprotect_range("B9", "簽名")
    sheet.write("A1", "查核發現確認單：{{受查單位}}")
    sheet.write_row("A3", ["編號", "標題", "意見", "同意"])
    sheet.write("A4", "{{#缺失}}")
    sheet.write_row("A5", ["{{缺失編號}}", "{{標題}}", ""], free)
    sheet.insert_checkbox("D5", False)
    sheet.write("A6", "{{/缺失}}")
    sheet.write("A9", "簽名", free)
    sheet.insert_checkbox("A10", True)
    sheet.write_comment("A5", "編號由工具填入", {"author": "某機關"})
    sheet.write_comment("A9", "請親簽", {"author": "某機關"})
    sheet.insert_button("F9", {"caption": "不作用"})
    book.close()

    control = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14">'
        '<controls><mc:AlternateContent><mc:Choice Requires="x14"><control shapeId="1030" r:id="rId9" name="Check Box 6">'
        '<controlPr defaultSize="0" autoFill="0" autoLine="0" autoPict="0" linkedCell="$F$11"><anchor moveWithCells="1">'
        '<from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>10</xdr:row><xdr:rowOff>0</xdr:rowOff></from>'
        '<to><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>11</xdr:row><xdr:rowOff>0</xdr:rowOff></to>'
        "</anchor></controlPr></control></mc:Choice></mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>"
    )
    shape = (
        '<v:shape id="_x0000_s1030" type="#_x0000_t201" style="position:absolute" filled="f" stroked="f">'
        '<x:ClientData ObjectType="Checkbox"><x:SizeWithCells/><x:Anchor>1, 0, 10, 0, 2, 0, 11, 0</x:Anchor>'
        "<x:AutoFill>False</x:AutoFill><x:FmlaLink>$F$11</x:FmlaLink></x:ClientData></v:shape></xml>"
    )

    def change(parts):
        for part, data, kind in parts:
            if part == "xl/worksheets/sheet1.xml":
                words = data.decode()
                words = words.replace('xmlns:r=', 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:r=', 1)
                data = re.sub(r"(<legacyDrawing [^>]*/>)", lambda m: m.group(1) + control, words).encode()
            if part == "xl/worksheets/_rels/sheet1.xml.rels":
                relation = '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/ctrlProp" Target="../ctrlProps/ctrlProp1.xml"/></Relationships>'
                data = data.decode().replace("</Relationships>", relation).encode()
            if part == "[Content_Types].xml":
                kindly = '<Override PartName="/xl/ctrlProps/ctrlProp1.xml" ContentType="application/vnd.ms-excel.controlproperties+xml"/></Types>'
                data = data.decode().replace("</Types>", kindly).encode()
            if part.endswith(".vml"):
                data = data.decode().replace("</xml>", shape).encode()
            yield part, data, kind
        props = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="CheckBox" checked="Checked" fmlaLink="$F$11" lockText="1"/>'
        yield "xl/ctrlProps/ctrlProp1.xml", props.encode(), zipfile.ZIP_DEFLATED

    repacked("controls.xlsx", change)


def rich():
    """Placeholders across runs of rich text, records of two rows, merged cells, links, page breaks."""
    book = workbook("rich.xlsx")
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    box = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
    sheet = book.add_worksheet("發現 & 規範")
    sheet.merge_range("A1:D1", "", box)
    sheet.write_rich_string("A1", "受查單位：", bold, "{{受查", red, "單位}}", "（", bold, "{{查核案號}}", "）", box)
    sheet.write("A2", "依據：{{依據版本}}", box)
    sheet.write("A3", "{{#缺失}}")
    sheet.merge_range("A4:A5", "{{缺失編號}}", box)
    sheet.merge_range("B4:D4", "{{標題}}", box)
    sheet.write("B5", "查核發現：{{查核發現}}", box)
    sheet.write("C5", "{{現行規範}}", box)
    sheet.write_formula("D5", '=LEN(B5)&"/"&LEN($C5)', box, "0/0")
    sheet.set_row(4, 80)
    sheet.write("A6", "{{/缺失}}")
    sheet.write("A7", "合計", box)
    sheet.write_formula("B7", "=COUNTA(A4:A5)", box, 0)
    sheet.merge_range("A8:D8", "附註：{{編製人}} {{編製日期}}", box)
    sheet.write_url("A9", "internal:'發現 & 規範'!A7", string="回合計")
    sheet.write_url("B4", "internal:'發現 & 規範'!A8", string="{{標題}}", cell_format=box)
    sheet.write_url("A10", "https://example.com/", string="外部")
    sheet.set_h_pagebreaks([5, 8])
    sheet.set_header("&L{{受查單位}}&R&D")
    sheet.set_first_sheet()
    book.close()


def formulas():
    """Formulas that share one text, of arrays, over rows that move; an order of reckoning; rows without numbers."""
    book = workbook("formulas.xlsx")
    sheet = book.add_worksheet("帳")
    sheet.write("A1", "x")
    after = book.add_worksheet("別頁")
    after.write("A1", "x")
    book.close()
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>{{受查單位}}</t></is></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>3</v></c></row>'
        '<row><c t="inlineStr"><is><t>{{#收受檔案}}</t></is></c></row>'
        '<row r="4" ht="15"><c r="A4" t="str"><v>{{檔名}}</v></c><c r="B4" t="inlineStr"><is><t>{{存入列數}}</t></is></c>'
        '<c r="C4"><f>B4*2</f><v>0</v></c><c r="D4"><f>SUM($B$4:B4)</f><v>0</v></c></row>'
        '<row r="5"><c r="A5" t="inlineStr"><is><t>{{/收受檔案}}</t></is></c></row>'
        '<row r="6"><c r="A6"><f t="shared" ref="A6:A8" si="1">SUM(B$4:B4)+A$8</f><v>0</v></c><c r="B6"><f t="array" ref="B6:B7">B4:B5*2</f><v>0</v></c></row>'
        '<row r="7"><c r="A7"><f t="shared" si="1"/><v>0</v></c><c r="B7"><v>0</v></c></row>'
        '<row r="8"><c r="A8"><v>7</v></c><c r="B8"><f t="shared" ref="B8:C8" si="2">別頁!A1</f><v>1</v></c><c r="C8"><f t="shared" si="2"/><v>1</v></c></row>'
    )
    chain = '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="B1" i="1"/><c r="C4"/></calcChain>'

    def change(parts):
        for part, data, kind in parts:
            words = data.decode() if part.endswith((".xml", ".rels")) else ""
            if part == "xl/worksheets/sheet1.xml":
                data = re.sub(r"<sheetData>.*</sheetData>", "<sheetData>" + rows + "</sheetData>", words).replace('ref="A1"', 'ref="A1:D8"').encode()
            if part == "xl/workbook.xml":
                data = words.replace(' fullCalcOnLoad="1"', "").encode()
            if part == "xl/worksheets/sheet2.xml":
                data = re.sub(r"<sheetData>.*</sheetData>", '<sheetData><row r="1"><c r="A1"><f>帳!A8+SUM(帳!B4:B4)</f><v>7</v></c></row></sheetData>', words).encode()
            if part == "xl/_rels/workbook.xml.rels":
                relation = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Relationships>'
                data = words.replace("</Relationships>", relation).encode()
            if part == "[Content_Types].xml":
                kindly = '<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>'
                data = words.replace("</Types>", kindly).encode()
            yield part, data, kind
        yield "xl/calcChain.xml", chain.encode(), zipfile.ZIP_DEFLATED

    repacked("formulas.xlsx", change)


def letter():
    """A form without regions: only cells are filled, and nothing else may change."""
    book = workbook("letter.xlsx")
    field = book.add_format({"bottom": 4, "indent": 1, "text_wrap": True})
    sheet = book.add_worksheet("函")
    for row, (name, mark) in enumerate([("受查單位", "{{受查單位}}"), ("案號", "{{查核案號}}"), ("期間", "自 {{查核期間}} 止"), ("覆核", "{{覆核人}}"), ("項數", "{{項目數}}")]):
        sheet.write(row, 0, name)
        sheet.write(row, 1, mark, field)
    sheet.write_formula("B6", "=B5+1", field, 1)
    sheet.insert_textbox("D2", "受文者：{{受查單位}}")
    sheet.protect("secret")
    sheet.conditional_format("B5", {"type": "data_bar"})
    sheet.set_background(picture("white"))
    book.close()

    def change(parts):
        for part, data, kind in parts:
            if part == "xl/workbook.xml":
                data = re.sub(rb"<calcPr[^>]*/>", b"", data)
            yield part, data, kind

    repacked("letter.xlsx", change)


def paragraph(document, runs, style_name=None):
    made = document.add_paragraph(style=style_name)
    for words, bold in runs:
        made.add_run(words).bold = bold
    return made


def document():
    """A placeholder that an editor parted, rows and paragraphs that repeat, heads, feet, a text box."""
    made = docx.Document()
    made.core_properties.created = made.core_properties.modified = WHEN
    section = made.sections[0]
    section.header.paragraphs[0].text = "{{查核單位}}\t{{查核案號}}"
    section.footer.paragraphs[0].text = "底稿編號 {{底稿編號}}"
    made.add_heading("查核報告", 1)
    line = paragraph(made, [("受查單位：", False), ("{{受", True), ("查單", True), ("位}}", False), ("，完。", False)])
    line.runs[2]._r.addprevious(OxmlElement("w:proofErr"))
    made.add_paragraph("依據：{{依據版本}}")
    grid = made.add_table(rows=4, cols=3, style="Table Grid")
    for at, words in enumerate([["編號", "標題", "嚴重程度"], ["{{#缺失}}", "", ""], ["{{缺失編號}}", "{{標題}}", "{{缺失.嚴重程度}}"], ["{{/缺失}}", "", ""]]):
        for cell, word in zip(grid.rows[at].cells, words):
            cell.text = word
    made.add_paragraph("{{#缺失}}")
    made.add_heading("{{缺失編號}}　{{標題}}", 2)
    made.add_paragraph("{{查核發現}}")
    quote = made.add_table(rows=1, cols=1, style="Table Grid")
    quote.rows[0].cells[0].text = "{{現行規範}}"
    made.add_paragraph("{{/缺失}}")
    made.add_paragraph("{{#設備}}")
    made.add_paragraph("設備：{{設備名稱}}")
    made.add_paragraph("{{/設備}}")
    box = (
        '<w:r %s xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="width:200pt;height:40pt"><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>{{受查單位}}印</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>" % nsdecls("w")
    )
    last = made.add_paragraph("用印處：")
    last._p.append(parse_xml(box))
    last.add_run("（{{列印日期}}）").add_break(WD_BREAK.PAGE)
    made.add_picture(picture("navy"))
    made.save(os.path.join(HERE, "report.docx"))
    repacked("report.docx", lambda parts: parts)


def ods():
    """An OpenDocument workbook: repeated rows and columns, formulas, a range, a head and a foot."""
    made = OpenDocumentSpreadsheet()
    page = style.PageLayout(name="pm1")
    page.addElement(style.HeaderStyle())
    made.automaticstyles.addElement(page)
    master = style.MasterPage(name="Default", pagelayoutname=page)
    head = style.Header()
    head.addElement(text.P(text="{{受查單位}} {{查核案號}}"))
    master.addElement(head)
    made.masterstyles.addElement(master)
    bold = style.Style(name="ce1", family="table-cell")
    bold.addElement(style.TextProperties(fontweight="bold"))
    made.automaticstyles.addElement(bold)
    word = style.Style(name="T1", family="text")
    word.addElement(style.TextProperties(color="#a3231b"))
    made.automaticstyles.addElement(word)
    sheet = table.Table(name="設備 表", printranges="'設備 表'.A1:'設備 表'.C8")
    sheet.addElement(table.TableColumn(numbercolumnsrepeated=3))

    def row(*cells, repeated=None):
        made_row = table.TableRow(numberrowsrepeated=repeated) if repeated else table.TableRow()
        for cell in cells:
            made_row.addElement(cell)
        sheet.addElement(made_row)

    def cell(words, name=None, formula=None):
        made_cell = table.TableCell(valuetype="string", stylename=name) if formula is None else table.TableCell(valuetype="float", value="0", formula=formula)
        made_cell.addElement(text.P(text=words))
        return made_cell

    split = table.TableCell(valuetype="string")
    parted = text.P(text="受查：")
    parted.addElement(text.Span(stylename=word, text="{{受查"))
    parted.addText("單位}}。")
    split.addElement(parted)
    row(split, table.TableCell(numbercolumnsrepeated=2))
    row(table.TableCell(numbercolumnsrepeated=3), repeated=2)
    row(cell("{{#收受檔案}}"))
    row(cell("{{檔名}}", "ce1"), cell("{{備註}}　{{SHA-256}}"), cell("{{存入列數}}"), cell("0", None, "of:=LEN([.A5])"))
    row(cell("{{/收受檔案}}"))
    row(cell("合計"), cell("0", None, "of:=COUNTA([.A5:.A5])"), cell("{{依據版本}}"))
    row(cell("=1+1 {{測試數}}"), table.TableCell(numbercolumnsrepeated=2))
    made.spreadsheet.addElement(sheet)
    names = table.NamedExpressions()
    names.addElement(table.NamedRange(name="檔案", basecelladdress="$'設備 表'.$A$5", cellrangeaddress="$'設備 表'.$A$5:.$C$5"))
    made.spreadsheet.addElement(names)
    made.save(os.path.join(HERE, "files.ods"))

    def change(parts):
        stored = {"mimetype": zipfile.ZIP_STORED}
        for part, data, kind in parts:
            if part == "meta.xml":
                data = re.sub(rb"<meta:creation-date>[^<]*</meta:creation-date>|<dc:date>[^<]*</dc:date>", b"", data)
            yield part, data, stored.get(part, kind)

    repacked("files.ods", change)


for make in (charts, formats, controls, rich, formulas, letter, document, ods):
    make()
