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
partner-discount-decision-by = Hạn quyết định
partner-discount-no-percent = không có
partner-discount-granted-instead = { $granted } (yêu cầu: { $asked })

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
letter-partner-discount-at-once = Ngày hiệu lực đã qua khi được phê duyệt, nên chiết khấu có hiệu lực ngay từ lúc phê duyệt: { $at }.
letter-partner-discount-replaces = Chiết khấu này thay cho { $reference }, đã được phê duyệt nhưng chưa bắt đầu.
letter-partner-discount-sample-rejection = Doanh số quý vừa qua chưa đủ cho mức này. Vui lòng yêu cầu lại vào tháng 1.

letter-partner-discount-under-review-subject = Yêu cầu chiết khấu { $reference } đang được xem xét
letter-partner-discount-under-review-lead = { $provider } đã nhận yêu cầu chiết khấu của bạn và đang xem xét.
letter-partner-discount-under-review-next = Chúng tôi quyết định trong vòng { $days } ngày làm việc, chậm nhất { $due }, và sẽ gửi email cho bạn. Trước khi có quyết định, bạn có thể rút lại yêu cầu.

letter-partner-discount-approved-subject = Chiết khấu { $reference } đã được phê duyệt
letter-partner-discount-approved-lead = { $provider } đã phê duyệt chiết khấu đúng như bạn yêu cầu.

letter-partner-discount-changed-subject = Chiết khấu { $reference } được phê duyệt với thay đổi
letter-partner-discount-changed-lead = { $provider } đã phê duyệt chiết khấu của bạn, có thay đổi. Chỗ nào khác với yêu cầu thì cả hai đều được ghi rõ:

letter-partner-discount-rejected-subject = Yêu cầu chiết khấu { $reference } không được phê duyệt
letter-partner-discount-rejected-lead = { $provider } đã xem xét và không phê duyệt yêu cầu chiết khấu của bạn, vì lý do sau:
letter-partner-discount-rejected-next = Chiết khấu đang hiệu lực (nếu có) vẫn giữ nguyên. Bạn có thể yêu cầu lại bất cứ lúc nào.

letter-partner-discount-activated-subject = Chiết khấu { $reference } đã có hiệu lực
letter-partner-discount-activated-lead = Từ bây giờ, đơn hàng của bạn tại { $provider } được hưởng chiết khấu này, thay cho chiết khấu trước đó.

letter-partner-discount-delayed-subject = Yêu cầu chiết khấu { $reference } cần thêm thời gian
letter-partner-discount-delayed-lead = Chúng tôi đã hẹn quyết định trước { $due } nhưng chưa thực hiện được. Chúng tôi xin lỗi.
letter-partner-discount-delayed-next = Yêu cầu của bạn vẫn giữ nguyên thứ tự và người quyết định đã được nhắc. Bạn không cần làm gì. Nếu ngày hiệu lực qua trước khi có quyết định, chiết khấu bắt đầu khi được phê duyệt.

letter-partner-discount-new-case-subject = Yêu cầu chiết khấu mới { $reference } của { $partner }
letter-partner-discount-new-case-lead = { $partner } yêu cầu chiết khấu.
letter-partner-discount-reminder-subject = Sắp hết hạn: yêu cầu chiết khấu { $reference }
letter-partner-discount-reminder-lead = Yêu cầu chiết khấu của { $partner } phải được quyết định trước { $due }.
letter-partner-discount-escalation-subject = Đã trễ hạn: yêu cầu chiết khấu { $reference }
letter-partner-discount-escalation-lead = Yêu cầu chiết khấu của { $partner } lẽ ra phải được quyết định trước { $due }. Đối tác đã được báo là cần thêm thời gian.
