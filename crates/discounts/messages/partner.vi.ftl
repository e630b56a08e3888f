### What the provider grants partners.

partner-discount-nav = Chiết khấu
partner-discount-staff-nav = Chiết khấu

partner-discount-state-awaiting-approval = Chờ phê duyệt
partner-discount-state-awaiting-activation = Chờ kích hoạt
partner-discount-state-active = Đang hiệu lực
partner-discount-state-expired = Hết hiệu lực
partner-discount-state-rejected = Bị từ chối
partner-discount-state-withdrawn = Đã rút lại

partner-discount-reference = Mã yêu cầu
partner-discount-partner = Đối tác
partner-discount-effective-date = Ngày hiệu lực
partner-discount-decision-by = Thời hạn quyết định
partner-discount-no-percent = không có
partner-discount-granted-instead = { $granted } (yêu cầu: { $asked })

## Pages

partner-discount-title = Chiết khấu của bạn
partner-discount-lead = Mức { $provider } giảm trên giá niêm yết cho bạn.
partner-discount-ask = Yêu cầu chiết khấu
partner-discount-ask-again = Yêu cầu lại
partner-discount-now = Đang hiệu lực
partner-discount-since = từ
partner-discount-none-now = Hiện bạn không có chiết khấu: bạn mua theo giá niêm yết.
partner-discount-begins = bắt đầu từ { $date }.
partner-discount-would-begin = yêu cầu từ { $date }.
partner-discount-history = Tất cả chiết khấu
partner-discount-none-title = Chưa có chiết khấu
partner-discount-none = Mọi yêu cầu của bạn và kết quả sẽ hiện ở đây.
partner-discount-status = Trạng thái
partner-discount-span = Thời gian hiệu lực
partner-discount-asked-at = Ngày yêu cầu
partner-discount-changed = đã điều chỉnh
partner-discount-never-began = được thay trước khi bắt đầu
partner-discount-day-title = Chiết khấu áp dụng theo ngày đặt hàng
partner-discount-day = Ngày
partner-discount-day-hint = Đã qua hoặc sắp tới.
partner-discount-day-ask = Tra cứu
partner-discount-day-from = từ
partner-discount-day-until = đến
partner-discount-day-none = Không có chiết khấu: đơn hàng ngày đó theo giá niêm yết.
partner-discount-lines = Chiết khấu theo sản phẩm
partner-discount-product = Sản phẩm
partner-discount-in-force = Đang hiệu lực
partner-discount-asked = Yêu cầu
partner-discount-granted = Được cấp
partner-discount-percent = Chiết khấu (%)
partner-discount-ask-lead = { $provider } quyết định trong vòng { $days } ngày làm việc. Trong lúc đó, chiết khấu đang hiệu lực giữ nguyên.
partner-discount-starts-from = Biểu mẫu được điền sẵn theo chiết khấu đang hiệu lực.
partner-discount-left-empty = Từ 0 đến 100 phần trăm, tối đa hai chữ số thập phân. Sản phẩm để trống là không yêu cầu.
partner-discount-no-products-title = Chưa có gì để yêu cầu
partner-discount-no-products = { $provider } chưa có sản phẩm nào trong danh mục.
partner-discount-from-hint = Sớm nhất là { $date }. Bắt đầu từ 0 giờ.
partner-discount-note = Ghi chú cho nhân viên
partner-discount-note-hint = Không bắt buộc: lý do của yêu cầu.
partner-discount-send = Gửi yêu cầu
partner-discount-timeline = Diễn biến
partner-discount-asked-date = Yêu cầu: { $date }
partner-discount-rejected-title = Không được phê duyệt
partner-discount-withdraw = Rút lại
partner-discount-withdraw-title = Rút lại { $reference }?
partner-discount-withdraw-text = Yêu cầu kết thúc tại đây và không được quyết định nữa. Chiết khấu đang hiệu lực giữ nguyên, và bạn có thể yêu cầu lại ngay.
partner-discount-keep = Giữ yêu cầu
partner-discount-not-done = Yêu cầu vừa thay đổi nên thao tác chưa được thực hiện.
partner-discount-unsent = Nội dung bạn đã viết, chưa được gửi
partner-discount-done-asked = Yêu cầu của bạn đã được gửi.
partner-discount-done-withdrawn = Yêu cầu đã được rút lại.
partner-discount-already-waiting = Bạn đã có một yêu cầu chờ phê duyệt. Hãy rút lại yêu cầu đó trước khi yêu cầu mức khác.
partner-discount-done-approved = Chiết khấu đã được phê duyệt. Đối tác sẽ nhận email.
partner-discount-done-changed = Chiết khấu đã được phê duyệt có điều chỉnh. Đối tác sẽ nhận email nêu rõ các điều chỉnh.
partner-discount-done-rejected = Yêu cầu đã bị từ chối. Đối tác sẽ nhận email.

partner-discount-error-number = { $product }: hãy nhập một số, ví dụ 12,5
partner-discount-error-fine = { $product }: tối đa hai chữ số thập phân, ví dụ 12,50
partner-discount-error-range = { $product }: từ 0 đến 100 phần trăm
partner-discount-error-product = Danh mục không có sản phẩm này
partner-discount-error-twice = Mỗi sản phẩm một lần
partner-discount-error-nothing = Hãy yêu cầu chiết khấu cho ít nhất một sản phẩm
partner-discount-error-unchanged = Không có gì khác với chiết khấu đang hiệu lực
partner-discount-error-no-date = Hãy chọn ngày hiệu lực
partner-discount-error-date = Hãy nhập ngày theo dạng YYYY-MM-DD, ví dụ 2026-12-31
partner-discount-error-early = Ngày hiệu lực sớm nhất là { $date }
partner-discount-error-past = Ngày đó đã qua; hôm nay là { $date }
partner-discount-error-long = Tối đa { $max } ký tự
partner-discount-error-no-reason = Hãy nêu lý do: đối tác sẽ đọc

partner-discount-queue-title = Chiết khấu đối tác
partner-discount-queue-lead = Yêu cầu của đối tác, việc gấp nhất ở trên cùng.
partner-discount-queue-none-title = Không có gì ở đây
partner-discount-queue-none-here-title = Không có chiết khấu nào ở trạng thái này
partner-discount-queue-none = Không có chiết khấu nào ở trạng thái này.
partner-discount-filter = Lọc
partner-discount-time-left = Thời gian làm việc còn lại
partner-discount-pages = Trang
partner-discount-asked-from = Ngày hiệu lực yêu cầu
partner-discount-granted-from = Ngày hiệu lực được cấp
partner-discount-root-user = Người dùng gốc
partner-discount-decide = Quyết định
partner-discount-approve = Phê duyệt như yêu cầu
partner-discount-change = Phê duyệt có điều chỉnh
partner-discount-reject = Từ chối
partner-discount-edit = Sửa
partner-discount-looks-title = Chờ quyết định
partner-discount-looks = Vai trò của bạn xem được chiết khấu nhưng không quyết định.
partner-discount-own-account = Đây (cũng) là tài khoản của chính bạn; cần đồng nghiệp quyết định.
partner-discount-settled-title = Đã xong
partner-discount-settled = Không còn gì để quyết định.
partner-discount-warn-past = Ngày hiệu lực đã đến. Nếu phê duyệt bây giờ, chiết khấu bắt đầu ngay và hôm nay trở thành ngày hiệu lực.
partner-discount-warn-gives-up = { $reference } đã được phê duyệt và bắt đầu từ { $date }. Nếu yêu cầu này được phê duyệt trước ngày đó, chiết khấu mới sẽ thay thế: { $reference } sẽ không bắt đầu.
partner-discount-warn-replaces = { $reference } đã được phê duyệt và sẽ bắt đầu từ { $date }. Phê duyệt yêu cầu này sẽ thay thế: chiết khấu đó sẽ không bắt đầu.
partner-discount-approve-title = Phê duyệt chiết khấu của { $partner }?
partner-discount-change-title = Phê duyệt có điều chỉnh: { $partner }
partner-discount-change-lead = Biểu mẫu được điền sẵn theo mức yêu cầu. Cả mức yêu cầu và mức được cấp đều được lưu, và email nêu rõ khác biệt.
partner-discount-change-confirm-lead = Vui lòng kiểm tra: đối tác sẽ nhận email với nội dung này.
partner-discount-change-words = Lý do điều chỉnh
partner-discount-change-words-hint = Không bắt buộc. Đối tác đọc đúng những gì bạn viết, bằng { $language }.
partner-discount-reject-title = Từ chối chiết khấu của { $partner }?
partner-discount-reject-lead = Đối tác sẽ nhận email với lời của bạn và có thể yêu cầu lại.
partner-discount-words = Lý do
partner-discount-words-hint = Đối tác đọc đúng những gì bạn viết, bằng { $language }.

partner-discount-by-itself = Tự động
partner-discount-event-requested = Đã yêu cầu
partner-discount-event-approved = Đã phê duyệt
partner-discount-event-changed = Đã phê duyệt có điều chỉnh
partner-discount-event-rejected = Đã từ chối
partner-discount-event-withdrawn = Đã rút lại
partner-discount-event-activated = Có hiệu lực
partner-discount-event-expired = Hết hiệu lực
partner-discount-event-replaced = Được thay trước khi bắt đầu
partner-discount-event-reminded = Đã nhắc nhân viên
partner-discount-event-escalated = Trễ hạn quyết định
partner-discount-event-delay-told = Lâu hơn đã hẹn
partner-discount-event-decision-by = Thời hạn quyết định: { $at }
partner-discount-event-was-due = Lẽ ra phải xong trước { $at }
partner-discount-event-from = Ngày hiệu lực { $date }
partner-discount-event-from-instead = Ngày hiệu lực { $date }; yêu cầu là { $asked }
partner-discount-event-since = Từ { $at }
partner-discount-event-replaced-by = { $reference } đã thay thế: { $at }
partner-discount-next-decision = Đang xem xét
partner-discount-next-begins = Bắt đầu

## Refusals

partner-discount-refused-undecided = Yêu cầu vẫn đang chờ phê duyệt.
partner-discount-refused-approved = Yêu cầu vừa được phê duyệt.
partner-discount-refused-rejected = Yêu cầu vừa bị từ chối.
partner-discount-refused-withdrawn = Đối tác vừa rút lại yêu cầu.
partner-discount-refused-past = Ngày hiệu lực đã qua.
partner-discount-refused-calendar = Lịch làm việc không kéo dài đến ngày đó.
partner-discount-overtaken-title = Yêu cầu vừa thay đổi
partner-discount-overtaken-text = Một người khác vừa quyết định hoặc rút lại chiết khấu này. Thao tác của bạn chưa được thực hiện; hãy mở lại để xem tình trạng hiện tại.

## Problems of the API

problem-discount-waiting = Đã có yêu cầu chờ phê duyệt
problem-discount-waiting-detail = Mỗi đối tác chỉ có một yêu cầu chờ phê duyệt tại một thời điểm. Hãy rút lại yêu cầu đó, hoặc chờ quyết định.
problem-discount-settled = Đã được quyết định hoặc rút lại
problem-discount-settled-detail = Chiết khấu này không còn chờ phê duyệt.
problem-discount-overtaken = Vừa thay đổi
problem-discount-overtaken-detail = Một thay đổi khác đã đến trước. Hãy đọc lại chiết khấu.

## The audit trail

audit-subject-partner-discount = Chiết khấu đối tác
audit-kind-partner-discount-requested = Yêu cầu chiết khấu
audit-kind-partner-discount-approved = Phê duyệt chiết khấu
audit-kind-partner-discount-rejected = Từ chối chiết khấu
audit-kind-partner-discount-withdrawn = Rút lại chiết khấu
audit-kind-partner-discount-activated = Chiết khấu có hiệu lực
audit-kind-partner-discount-expired = Chiết khấu hết hiệu lực
audit-kind-partner-discount-reminded = Nhắc nhân viên về chiết khấu
audit-kind-partner-discount-escalated = Trễ hạn quyết định chiết khấu
audit-kind-partner-discount-delay-told = Báo đối tác về việc chậm trễ
audit-field-starts-at = Bắt đầu
audit-field-effective-at = Hiệu lực từ
audit-field-ended-at = Kết thúc
audit-field-ended-by = Được thay bằng
audit-field-replaced-by = Được thay bằng
audit-field-was-in-force = Đã từng có hiệu lực
audit-field-asked-from = Yêu cầu: ngày hiệu lực
audit-field-granted-from = Được cấp: ngày hiệu lực
audit-field-note = Ghi chú cho nhân viên

## Letters

letter-partner-discount-see = Xem chiết khấu
letter-partner-discount-case = Mở yêu cầu
letter-partner-discount-begins = Chiết khấu bắt đầu từ 0 giờ { $date }.
letter-partner-discount-at-once = Ngày hiệu lực đã đến khi được phê duyệt, nên chiết khấu có hiệu lực ngay từ lúc phê duyệt: { $at }.
letter-partner-discount-replaces = Chiết khấu này thay cho { $reference }, đã được phê duyệt nhưng chưa bắt đầu.
letter-partner-discount-sample-changes = Với doanh số quý vừa qua, máy chủ ảo được hưởng tối đa mức này.
letter-partner-discount-sample-rejection = Doanh số quý vừa qua chưa đủ cho mức này. Vui lòng yêu cầu lại vào tháng 1.

letter-partner-discount-under-review-subject = Yêu cầu chiết khấu { $reference } đang được xem xét
letter-partner-discount-under-review-lead = { $provider } đã nhận yêu cầu chiết khấu của bạn và đang xem xét.
letter-partner-discount-under-review-next = Chúng tôi quyết định trong vòng { $days } ngày làm việc, chậm nhất { $due }, và sẽ gửi email cho bạn. Trước khi có quyết định, bạn có thể rút lại yêu cầu.

letter-partner-discount-approved-subject = Chiết khấu { $reference } đã được phê duyệt
letter-partner-discount-approved-lead = { $provider } đã phê duyệt chiết khấu đúng như bạn yêu cầu.

letter-partner-discount-changed-subject = Chiết khấu { $reference } được phê duyệt có điều chỉnh
letter-partner-discount-changed-lead = { $provider } đã phê duyệt chiết khấu của bạn, có điều chỉnh. Chỗ nào khác với yêu cầu thì cả hai đều được ghi rõ:

letter-partner-discount-rejected-subject = Yêu cầu chiết khấu { $reference } không được phê duyệt
letter-partner-discount-changed-why = Lý do điều chỉnh:
letter-partner-discount-rejected-lead = { $provider } đã xem xét và không phê duyệt yêu cầu chiết khấu của bạn, vì lý do sau:
letter-partner-discount-rejected-next = Chiết khấu đang hiệu lực (nếu có) vẫn giữ nguyên. Bạn có thể yêu cầu lại bất cứ lúc nào.

letter-partner-discount-activated-subject = Chiết khấu { $reference } đã có hiệu lực
letter-partner-discount-activated-lead = Từ bây giờ, đơn hàng của bạn tại { $provider } được hưởng chiết khấu này. Chiết khấu trước đó, nếu có, đã kết thúc.

letter-partner-discount-delayed-subject = Yêu cầu chiết khấu { $reference } cần thêm thời gian
letter-partner-discount-delayed-lead = Chúng tôi đã hẹn quyết định trước { $due } nhưng chưa thực hiện được. Chúng tôi xin lỗi.
letter-partner-discount-delayed-next = Yêu cầu của bạn vẫn giữ nguyên thứ tự và người quyết định đã được nhắc. Bạn không cần làm gì. Nếu ngày hiệu lực qua trước khi có quyết định, chiết khấu bắt đầu khi được phê duyệt.

letter-partner-discount-new-case-subject = Yêu cầu chiết khấu mới { $reference } của { $partner }
letter-partner-discount-new-case-lead = { $partner } yêu cầu chiết khấu.
letter-partner-discount-reminder-subject = Sắp hết hạn: yêu cầu chiết khấu { $reference }
letter-partner-discount-reminder-lead = Yêu cầu chiết khấu của { $partner } phải được quyết định trước { $due }.
letter-partner-discount-escalation-subject = Đã trễ hạn: yêu cầu chiết khấu { $reference }
letter-partner-discount-escalation-lead = Yêu cầu chiết khấu của { $partner } lẽ ra phải được quyết định trước { $due }. Đối tác đã được báo là cần thêm thời gian.
