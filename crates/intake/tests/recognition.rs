//! Every dataset is recognised by its own headers, in the firm's dress as well as in ours, and taken for no other.

mod common;

use common::checklists::datasets;
use common::{AS_OF, Desk};
use fieldbook_intake::{Ask, Light, Limits, PlanRequest, SheetPlan, open, plan};
use fieldbook_model::DatasetDef;

fn planned(defs: &[DatasetDef], text: &str) -> SheetPlan {
    let desk = Desk::new();
    let mut source = open(&desk.put("匯出.csv", text.as_bytes()), &Limits::default(), None).expect("opened");
    let request = PlanRequest { defs, dataset: None, as_of: AS_OF, forced: &[] };
    plan(&mut source, "", &request).expect("planned")
}

#[test]
fn the_blank_template_of_every_dataset_is_that_dataset() {
    let defs = datasets();
    assert_eq!(defs.len(), 26);
    for def in &defs {
        let headers: Vec<String> = def.columns.iter().map(|c| c.zh.replace(',', "，")).collect();
        let plan = planned(&defs, &format!("{}\n", headers.join(",")));
        let place = (&def.key, &plan.candidates[..3], &plan.asks);
        assert_eq!(plan.dataset.as_deref(), Some(def.key.as_str()), "{place:?}");
        assert_eq!(plan.light(), Light::Green, "{place:?}");
        assert!(plan.confidence >= 80, "{} {place:?}", plan.confidence);
        let mapped: Vec<&str> = plan.mapping.iter().map(|m| m.column.as_str()).collect();
        let own: Vec<&str> = def.columns.iter().map(|c| c.key.as_str()).collect();
        assert_eq!(mapped, own, "{}", def.key);
    }
}

/// Headers as firms and products write them, under titles, with columns that nobody asked for.
const MESSY: [(&str, &str); 27] = [
    (
        "systems",
        "項次,資通系統名稱,核心/非核心,系統分類(第幾類),是否對外,業務單位,主機數,RTO(小時),RPO(小時),備註",
    ),
    ("accounts", "序號,主機名稱,使用者代號,中文姓名,部門,帳號狀態,角色,最後登入日期,密碼最後變更時間,備註"),
    (
        "accounts",
        "Domain,SamAccountName,DisplayName,Department,Enabled,whenCreated,LastLogonDate,PasswordLastSet,PasswordNeverExpires",
    ),
    ("personnel", "工號,中文姓名,部門名稱,職級,報到日,離職日期,備註"),
    ("privileged_usage", "表單編號,主機,特權帳號,操作人員,事由,使用起,使用迄,主管簽核,簽核時間,覆核"),
    (
        "vendor_contracts",
        "項次,供應商,統編,合約編號,委外項目,合約起始日,合約到期日,資安條款,保密協定,承辦單位",
    ),
    ("vendor_staff", "廠商,駐點人員,進駐日期,撤場日,保密切結書"),
    ("assets", "資產編號,設備名稱,廠牌型號,設備序號,櫃位,U位,所有人,保管單位,IP位址,用途,盤點日"),
    (
        "orders",
        "委託日期,分點,委託單號,投資人帳號,戶名,接單時間,送單時間,委託回報,來源別,股票代號,買賣別,股數,委託價",
    ),
    ("audit_log", "日期時間,系統,使用者,來源IP,事件,訊息,結果"),
    ("audit_log", "Timestamp,Host,User,Client IP,EventID,Message,Status"),
    ("log_retention", "設備名稱,日誌類型,起始日,截止日,檔案名稱,檔案大小,存放位置,異地備份"),
    ("firewall_rules", "防火牆名稱,序號,名稱,來源位址,目的位址,服務,Action,狀態,命中次數,備註"),
    ("firewall_rules", "Device,Policy ID,Name,Source,Destination,Service,Action,Status,Hit Count,Comment"),
    (
        "vuln",
        "Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin Output",
    ),
    (
        "vuln",
        "報告編號,主機IP,通訊埠,弱點代號,弱點名稱,嚴重程度,掃描日期,改善措施,預計完成日,修補日,複測日,複測結果",
    ),
    ("activities", "項次,辦理事項,範圍,計畫日,執行日,辦理單位,核驗日,辦理結果,發現缺失,佐證"),
    ("training", "工號,學員,部門,課名,訓練日期,訓練時數,成績,講師"),
    ("ops_log", "作業日期,班次,值班人員,工作項目,異常狀況,主管簽章,核驗日"),
    ("changes", "變更單號,應用系統,類別,需求單位,程式人員,驗收人,核定主管,核准日,換版人員,換版日,版號"),
    (
        "colo_clients",
        "序號,客戶帳號,戶名,申請日期,核准日期,啟用日期,准駁結果,駁回理由,使用線路,櫃位,優先順序,收費標準",
    ),
    ("vuln_runs", "場次,檢測類別,系統名稱,掃描日期,掃描範圍,掃描工具,檢測單位,報告編號"),
    ("backups", "備份日期,備份系統,備份方式,執行結果,磁帶編號,標籤內容,異地存放地點,執行人員"),
    (
        "password_policy",
        "系統,最小長度,複雜度,最長使用期限(天),最短使用期限(天),歷程數,失敗次數,鎖定時間(分鐘)",
    ),
    (
        "finding_register",
        "項次,缺失事項,風險等級,改善單位,改善情形,預計完成日,實際完成日,覆查日期,覆查人員,是否結案",
    ),
    ("cabinet_entries", "進出日期,姓名,所屬公司,進出事由,開櫃櫃號,進入時間,離開時間,陪同人員"),
    (
        "access_requests",
        "申請單編號,系統名稱,使用者帳號,申請人,申請單位,申請事由,權限內容,單位主管,資訊主管,核准日期,設定人員",
    ),
];

#[test]
fn headers_as_firms_write_them_are_the_same_dataset() {
    let defs = datasets();
    for (key, headers) in MESSY {
        let plan =
            planned(&defs, &format!("甲乙綜合證券股份有限公司\n資料基準日：109年12月31日\n{headers}\n"));
        let place = (headers, &plan.candidates[..3], &plan.asks, &plan.missing_required);
        assert_eq!(plan.dataset.as_deref(), Some(key), "{place:?}");
        assert_eq!((plan.header_row, plan.light()), (3, Light::Green), "{place:?}");
        assert!(plan.confidence >= 55, "{} {place:?}", plan.confidence);
    }
    for (key, headers) in [
        ("assessment_team", "姓名,服務單位,專業證照,證書字號,效期,金融業經驗,切結書"),
        ("maintenance", "保養日期,維修廠商,設備名稱,工程師,會同人員,維護內容,主管"),
    ] {
        let plan = planned(&defs, &format!("{headers}\n"));
        let place = (&plan.candidates[..3], &plan.asks, &plan.missing_required);
        assert_eq!((plan.dataset.as_deref(), plan.light()), (Some(key), Light::Green), "{headers} {place:?}");
    }
}

#[test]
fn a_scanners_own_export_goes_to_the_columns_that_it_means() {
    let plan = planned(&datasets(), MESSY[14].1);
    let mapped: Vec<(&str, &str)> =
        plan.mapping.iter().map(|m| (m.header.as_str(), m.column.as_str())).collect();
    for pair in
        [("Plugin ID", "vuln_id"), ("CVE", "cve"), ("Risk", "risk"), ("Host", "host"), ("Name", "name")]
    {
        assert!(mapped.contains(&pair), "{pair:?} {mapped:?}");
    }
}

#[test]
fn what_fits_two_datasets_alike_is_asked() {
    let mut defs = datasets();
    let mut twin = defs.iter().find(|d| d.key == "training").expect("training").clone();
    twin.key = "training_b".into();
    defs.push(twin);
    let plan = planned(&defs, "工號,姓名,課名,訓練日期,訓練時數\n1,王小明,資安,109/05/06,3\n");
    assert_eq!(plan.light(), Light::Amber);
    assert!(plan.confidence < 70, "{}", plan.confidence);
    let asked = ["training".to_owned(), "training_b".to_owned()];
    assert_eq!(plan.asks, [Ask::Dataset(asked.to_vec())]);
}

#[test]
fn a_missing_column_and_an_open_calendar_are_asked() {
    let defs = datasets();
    let plan = planned(&defs, "主機名稱,使用者代號,帳號狀態,密碼變更日期\nh,a,啟用,10/01/05\n");
    assert_eq!(plan.dataset.as_deref(), Some("accounts"));
    assert_eq!(plan.light(), Light::Red);
    let expected = [Ask::Calendar("pw_changed_at".into()), Ask::Required("holder_name".into())];
    assert_eq!(plan.asks, expected);
    let plan = planned(&defs, "品項,單價,數量\n茶葉,100,3\n");
    assert_eq!((plan.dataset, plan.confidence), (None, 0));
}
