"""Makes the templates that the program brings along.

    pip install xlsxwriter==3.3.1 python-docx==1.2.0
    python make.py

Times are fixed, so that the same script gives the same bytes. What the files are for stands in `templates.toml`.
"""

import datetime
import os

import xlsxwriter
from report import report

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
WHEN = datetime.datetime(2026, 1, 1)
FONT = "Noto Sans TC"
INK, QUIET, LINE, SUNKEN = "#1D2630", "#55606C", "#B8B2A6", "#EFEDE8"
FAIL, WARN = "#A3231B", "#8A5A00"

HEAD = [
    (("受查單位", "受查單位"), ("查核案號", "查核案號")),
    (("查核基準日", "查核基準日"), ("查核期間", "查核期間")),
    (("底稿編號", "底稿編號"), ("查核人員", "查核人員")),
]
SIGNED = (("編製人／日期", "{{編製人}}　{{編製日期}}"), ("覆核人／日期", "{{覆核人}}　{{覆核日期}}"))


class Paper:
    """A sheet of one table below the head that all papers share."""

    def __init__(self, file, title, widths, landscape=True, split=None, signed=True, labels=(0, 0)):
        self.book = xlsxwriter.Workbook(os.path.join(HERE, file))
        self.book.set_properties({"title": title, "created": WHEN, "comments": "以 {{ }} 標示之處於輸出時填入"})
        self.formats = {}
        self.sheet = self.book.add_worksheet(title)
        self.title, self.last, self.row = title, len(widths) - 1, 0
        self.split = split or (self.last + 1) // 2
        self.labels = labels
        self.page(landscape)
        for at, width in enumerate(widths):
            self.sheet.set_column(at, at, width, self.form())
        self.head(signed)

    def form(self, **more):
        key = tuple(sorted(more.items()))
        if key not in self.formats:
            base = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
            self.formats[key] = self.book.add_format({**base, **more})
        return self.formats[key]

    def cell(self, **more):
        return self.form(**{"border": 1, "border_color": LINE, "text_wrap": True, "valign": "top", **more})

    def page(self, landscape):
        sheet = self.sheet
        sheet.set_landscape() if landscape else sheet.set_portrait()
        sheet.set_paper(9)
        sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.75)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        size = '&"Noto Sans TC,Regular"&8'
        sheet.set_header(f"&L{size}{{{{查核單位}}}}&R{size}{{{{受查單位}}}} {{{{查核案號}}}}")
        sheet.set_footer(f"&L{size}{self.title}　列印日期 {{{{列印日期}}}}&R{size}第 &P 頁，共 &N 頁")

    def across(self, row, first, last, words, form):
        if first == last:
            self.sheet.write(row, first, words, form)
        else:
            self.sheet.merge_range(row, first, row, last, words, form)

    def head(self, signed):
        sheet = self.sheet
        self.across(0, 0, self.last, "{{查核單位}}", self.form(align="center", font_size=12, font_color=QUIET))
        self.across(1, 0, self.last, self.title, self.form(align="center", font_size=18, bold=True))
        sheet.set_row(0, 20)
        sheet.set_row(1, 32)
        sheet.set_row(2, 6)
        label = self.form(bg_color=SUNKEN, border=1, border_color=LINE, font_color=QUIET, indent=1)
        value = self.form(border=1, border_color=LINE, indent=1, text_wrap=True)
        lines = [tuple((name, "{{%s}}" % mark) for name, mark in pair) for pair in HEAD] + ([SIGNED] if signed else [])
        self.row = 3
        for left, right in lines:
            self.line(left, right, label, value)
        sheet.set_row(self.row, 6)
        self.row += 1

    def line(self, left, right, label, value):
        """Two labels with their values; the labels take as many columns as they need."""
        for (name, mark), first, last in ((left, 0, self.split - 1), (right, self.split, self.last)):
            wide = self.labels[0 if first == 0 else 1]
            self.across(self.row, first, first + wide, name, label)
            self.across(self.row, first + wide + 1, last, mark, value)
            plain = mark.strip("{}")
            if plain.isidentifier():
                cell = xlsxwriter.utility.xl_rowcol_to_cell(self.row, first + wide + 1, True, True)
                self.book.define_name(plain, f"='{self.title}'!{cell}")
        self.sheet.set_row(self.row, 20)
        self.row += 1

    def note(self, words, height=None):
        form = self.form(font_size=9, font_color=QUIET, text_wrap=True, valign="top")
        self.across(self.row, 0, self.last, words, form)
        if height:
            self.sheet.set_row(self.row, height)
        self.row += 1

    def heads(self, words):
        form = self.form(bold=True, bg_color=SUNKEN, align="center", text_wrap=True, border=1, border_color=LINE, top=1, bottom=1)
        self.sheet.write_row(self.row, 0, words, form)
        self.sheet.set_row(self.row, 26)
        self.row += 1

    def freeze(self):
        """What stands above stays on the screen, and the row before comes again on every page."""
        self.sheet.freeze_panes(self.row, 0)
        self.sheet.repeat_rows(self.row - 1)

    def region(self, name, *lines):
        """The rows of one record: each a list of placeholders with the alignment of their columns."""
        self.sheet.write(self.row, 0, "{{#%s}}" % name, self.form(font_color=QUIET))
        first = self.row + 1
        for line in lines:
            self.row += 1
            for column, (mark, more) in enumerate(line):
                self.sheet.write(self.row, column, mark, self.cell(**more))
        self.row += 1
        self.sheet.write(self.row, 0, "{{/%s}}" % name, self.form(font_color=QUIET))
        self.row += 1
        return first

    def marked(self, row, column, words, colour):
        """A word that stands out: bold and coloured, readable without the colour too."""
        form = self.book.add_format({"bold": True, "font_color": colour})
        cell = xlsxwriter.utility.xl_rowcol_to_cell(row, column, False, True)
        for word in words:
            self.sheet.conditional_format(row, column, row, column, {"type": "formula", "criteria": f'={cell}="{word}"', "format": form})

    def signatures(self, *names):
        self.sheet.set_row(self.row, 10)
        self.row += 1
        words = "　　　　".join(f"{name}：＿＿＿＿＿＿＿＿＿＿" for name in names)
        self.across(self.row, 0, self.last, words, self.form(align="left"))
        self.sheet.set_row(self.row, 30)
        self.row += 1

    def close(self):
        self.sheet.print_area(0, 0, self.row - 1, self.last)
        self.book.close()


def left(mark, **more):
    return mark, more


def centre(mark, **more):
    return mark, {"align": "center", **more}


def items():
    paper = Paper("01-查核明細表.xlsx", "查核明細表", [15, 52, 10, 13, 40, 13, 12], split=2, labels=(0, 1))
    paper.heads(["條次", "規範內容", "適用", "查核結果", "說明", "底稿", "查核人員"])
    paper.freeze()
    row = paper.region("項目", [left("{{條次}}\n{{原條號}}"), left("{{規範內容}}"), centre("{{適用}}"), centre("{{查核結果}}"), left("{{說明}}"), left("{{底稿}}"), centre("{{查核人員}}")])
    paper.marked(row, 3, ["不符合"], FAIL)
    paper.marked(row, 3, ["部分符合"], WARN)
    paper.note("共 {{項目數}} 項：適用 {{適用數}}、不適用 {{不適用數}}、適用性待確認 {{待確認數}}。查核結果：符合 {{符合數}}、部分符合 {{部分符合數}}、不符合 {{不符合數}}、無法取得資料 {{無法取得資料數}}、未查核 {{未查核數}}。", 28)
    paper.note("依據版本：\n{{依據版本}}", 76)
    paper.close()


def findings():
    paper = Paper("02-缺失彙總表.xlsx", "缺失彙總表", [18, 34, 26, 60], split=2)
    head = paper.form(bold=True, bg_color=SUNKEN, align="center", border=1, border_color=LINE, top=1, bottom=1)
    sheet = paper.sheet
    sheet.write(paper.row, 0, "編號", head)
    paper.across(paper.row, 1, 2, "查核發現", head)
    sheet.write(paper.row, 3, "現行規範", head)
    sheet.set_row(paper.row, 26)
    paper.row += 1
    paper.freeze()
    sheet.write(paper.row, 0, "{{#缺失}}", paper.form(font_color=QUIET))
    row = paper.row + 1
    strong = {"bold": True, "bg_color": "#F7F6F3", "top": 1, "bottom": 1}
    sheet.write(row, 0, "{{缺失編號}}", paper.cell(**strong))
    sheet.write(row, 1, "{{標題}}", paper.cell(**strong))
    sheet.write(row, 2, "{{類型}}　{{類別}}", paper.cell(**{**strong, "bold": False}))
    sheet.write(row, 3, "嚴重程度：{{嚴重程度}}　　條次：{{條次}}", paper.cell(**strong))
    sheet.write(row + 1, 0, "底稿：{{底稿}}\n證據：{{證據}}", paper.cell(font_size=9, font_color=QUIET))
    sheet.write(row + 1, 1, "{{查核發現}}", paper.cell())
    sheet.write(row + 1, 2, "原因：{{原因}}", paper.cell(font_size=9))
    sheet.write(row + 1, 3, "{{現行規範}}", paper.cell())
    sheet.write(row + 2, 0, "", paper.cell())
    sheet.write(row + 2, 1, "風險影響：{{風險影響}}", paper.cell(font_size=9))
    sheet.write(row + 2, 2, "例外／母體：{{例外母體}}", paper.cell(font_size=9))
    sheet.write(row + 2, 3, "改善建議：{{改善建議}}", paper.cell())
    sheet.write(row + 3, 0, "{{/缺失}}", paper.form(font_color=QUIET))
    paper.row = row + 4
    paper.note("共缺失 {{缺失數}} 項、建議事項 {{建議數}} 項。")
    paper.close()


def requests():
    paper = Paper("03-調閱資料清單.xlsx", "調閱資料清單", [7, 24, 28, 22, 30, 13, 12, 8, 18], split=4, signed=False, labels=(1, 0))
    paper.note("請於 {{提供期限}} 前提供下列資料，並告知各項之母體總筆數。電子檔請保留原始格式；無該項資料者，請於備註欄說明。")
    paper.heads(["編號", "資料名稱", "對應條文", "期間", "格式要求", "提供期限", "收件日", "份數", "備註"])
    paper.freeze()
    paper.region("調閱資料", [centre("{{編號}}"), left("{{資料名稱}}"), left("{{對應條文}}"), left("{{期間}}"), left("{{格式要求}}"), centre("{{提供期限}}"), centre("{{收件日}}"), centre("{{份數}}"), left("{{備註}}")])
    paper.note("上列資料業依各項收件日及份數點交無誤。")
    paper.signatures("受查單位提供人", "日期", "查核單位收受人", "日期")
    paper.close()


def devices():
    widths = [7, 22, 20, 18, 15, 13, 13, 10, 13, 15, 14, 26]
    paper = Paper("04-主機共置設備盤點表.xlsx", "主機共置設備盤點表", widths, split=6, signed=False, labels=(1, 0))
    paper.note("「申報」為向證交所申報之設備清單（FILED），「帳列」為公司財產帳或資產清冊（LEDGER），「盤點」為實地所見（ONSITE）；盤點欄空白者尚未盤點。")
    paper.heads(["項次", "設備名稱", "廠牌型號", "序號", "財產編號", "申報", "帳列", "盤點", "實際位置", "擁有者", "軟體所有人", "備註"])
    paper.freeze()
    marks = ["{{%s}}" % name for name in ["項次", "設備名稱", "廠牌型號", "序號", "財產編號", "申報", "帳列", "盤點", "實際位置", "擁有者", "軟體所有人", "備註"]]
    row = paper.region("設備", [centre(marks[0])] + [left(m) for m in marks[1:5]] + [centre(m) for m in marks[5:9]] + [left(m) for m in marks[9:]])
    paper.marked(row, 7, ["未見", "清單所無"], FAIL)
    for spare in range(5):
        for column in range(12):
            paper.sheet.write_blank(paper.row, column, None, paper.cell())
        paper.sheet.set_row(paper.row, 22)
        paper.row += 1
    paper.signatures("盤點人員", "公司會同人員", "盤點日期")
    paper.close()


def follow_up():
    widths = [18, 24, 10, 28, 34, 12, 14, 13, 13, 28]
    paper = Paper("05-改善追蹤表.xlsx", "改善追蹤表", widths, split=5)
    paper.heads(["缺失編號", "標題", "嚴重程度", "受查單位回覆", "改善措施", "負責人", "預計完成日", "追蹤結果", "追蹤日期", "追蹤說明"])
    paper.freeze()
    marks = ["{{%s}}" % name for name in ["缺失編號", "標題", "嚴重程度", "受查單位回覆", "改善措施", "負責人", "預計完成日", "追蹤結果", "追蹤日期", "追蹤說明"]]
    row = paper.region("缺失", [left(marks[0]), left(marks[1]), centre(marks[2]), left(marks[3]), left(marks[4]), centre(marks[5]), centre(marks[6]), centre(marks[7]), centre(marks[8]), left(marks[9])])
    paper.sheet.data_validation(row, 7, row, 7, {"validate": "list", "source": ["已改善", "部分改善", "未改善", "風險承受"], "error_type": "warning"})
    paper.marked(row, 7, ["未改善"], FAIL)
    paper.marked(row, 7, ["部分改善"], WARN)
    paper.note("追蹤結果：已改善、部分改善、未改善、風險承受。空白者尚未覆查。")
    paper.signatures("追蹤人員", "覆核人", "日期")
    paper.close()


TEN = ["評估人員資格", "評估範圍", "評估作業項目與標的", "評估紀錄", "評估時所發現之缺失項目", "缺失嚴重程度", "缺失類別", "風險說明", "具體改善建議", "社交演練結果"]
FOUR = ["具備資通安全管理知識", "具備資通安全技術能力", "具備模擬駭客攻擊能力", "熟悉金融領域載具應用、系統開發或稽核經驗"]


def completeness():
    paper = Paper("06-資通安全評估報告完整性檢核表.xlsx", "資通安全評估報告完整性檢核表", [16, 20, 22, 22, 22, 22, 11, 11], landscape=True, split=4)
    strong = paper.form(bold=True, font_size=12, bottom=1)
    paper.across(paper.row, 0, 7, "一、報告應載事項（ASM-8.1：內容應至少包含下列十項）", strong)
    paper.sheet.set_row(paper.row, 24)
    paper.row += 1
    head = paper.form(bold=True, bg_color=SUNKEN, align="center", border=1, border_color=LINE, text_wrap=True)
    body, mid = paper.cell(valign="vcenter"), paper.cell(align="center", valign="vcenter")
    def ten(at, cells, forms):
        paper.sheet.write(paper.row, 0, cells[0], forms[0])
        paper.across(paper.row, 1, 2, cells[1], forms[1])
        paper.sheet.write(paper.row, 3, cells[2], forms[2])
        paper.sheet.write(paper.row, 4, cells[3], forms[3])
        paper.across(paper.row, 5, 7, cells[4], forms[4])
        paper.sheet.set_row(paper.row, 22)
        paper.row += 1
    ten(0, ["項次", "應載事項", "是否載明", "報告頁次", "說明"], [head] * 5)
    for at, name in enumerate(TEN, 1):
        ten(at, [at, name, "□是　□部分　□否", "", ""], [mid, body, mid, mid, body])
    paper.sheet.set_row(paper.row, 8)
    paper.row += 1
    paper.across(paper.row, 0, 7, "二、評估單位資格條件（ASM-7.2）及義務（ASM-7.1、ASM-7.3）", strong)
    paper.sheet.set_row(paper.row, 24)
    paper.row += 1
    paper.heads(["姓名", "單位職稱"] + FOUR + ["獨立性", "保密切結"])
    paper.sheet.set_row(paper.row - 1, 44)
    marks = ["{{%s}}" % name for name in ["姓名", "單位職稱", "資格一", "資格二", "資格三", "資格四", "獨立性", "保密切結"]]
    paper.region("團隊", [left(m) for m in marks[:6]] + [centre(m) for m in marks[6:]])
    paper.note("第一類資通系統：評估單位應具備四款資格條件；第二類及第三類資通系統：依評估作業項目需要，具備相關資格條件之一。")
    paper.note("本表所列人員為案卷所載之查核或評估人員；受查單位委外評估者，請依其評估報告填列。")
    paper.signatures("檢核人", "覆核人", "日期")
    paper.sheet.freeze_panes(3, 0)
    paper.close()


def exceptions():
    paper = Paper("07-測試例外明細.xlsx", "測試例外明細", [13, 26, 15, 26, 14, 8, 46, 11, 26], split=4)
    paper.heads(["測試編號", "測試名稱／規則", "條次", "來源檔案", "工作表", "列號", "內容", "處置", "說明"])
    paper.freeze()
    row = paper.region("例外", [left("{{測試編號}}"), left("{{測試名稱}}\n{{規則}}"), left("{{條次}}"), left("{{來源檔案}}"), left("{{工作表}}"), centre("{{列號}}"), left("{{內容}}"), centre("{{處置}}"), left("{{說明}}")])
    paper.marked(row, 7, ["確認"], FAIL)
    paper.note("例外係待查線索，經查核人員處置為「確認」者，始得作為缺失之依據。列號為試算表所示之列；CSV 為紀錄所在之行。")
    paper.close()


for make in (items, findings, requests, devices, follow_up, completeness, exceptions):
    make()
report(os.path.join(HERE, "08-查核報告.docx"))
