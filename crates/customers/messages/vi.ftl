### Khách hàng của đối tác: những gì đối tác, khách hàng và nhân viên nhìn thấy, cùng các email liên quan.

customers-name = Tên
customers-email = Email
customers-role = Vai trò
customers-partner = Đối tác
customers-state = Trạng thái
customers-decision-by = Quyết định trước

customers-state-awaiting-customer = Đang chờ khách hàng
customers-state-awaiting-approval = Đang chờ phê duyệt
customers-state-active = Đang hoạt động
customers-state-declined = Đã từ chối
customers-state-withdrawn = Đã thu hồi
customers-state-expired = Đã hết hạn
customers-state-rejected = Không được phê duyệt
customers-state-ended = Đã kết thúc

customers-condition-no-credit = Không có số dư tín dụng
customers-condition-no-services = Không sử dụng dịch vụ nào
customers-condition-no-discount = Không hưởng chiết khấu của { $provider }
customers-condition-no-poc = Không trong giai đoạn thử nghiệm (POC)
customers-condition-prepaid = Thanh toán trả trước
customers-condition-not-partner = Không phải là đối tác
customers-condition-not-customer = Không phải khách hàng của đối tác khác

customers-fault-overtaken-title = Đã có thay đổi khác xảy ra trước
customers-fault-overtaken-text = Vừa có thay đổi khiến thao tác này không thực hiện được. Không có gì bị thay đổi; vui lòng xem lại.
customers-fault-already-title = Đã mời rồi
customers-fault-already-text = Bạn đang có một lời mời khác còn hiệu lực tới địa chỉ này, hoặc đó đã là khách hàng của bạn. Không có email nào được gửi.
customers-fault-too-soon-title = Email gần nhất vừa được gửi
customers-fault-too-soon-text = Vui lòng đợi vài phút trước khi gửi thêm lời mời tới cùng một địa chỉ.
customers-fault-too-many-title = Đã đủ số lời mời trong hôm nay
customers-fault-too-many-text = Bạn đã gửi tới số địa chỉ tối đa cho phép trong 24 giờ. Vui lòng tiếp tục vào ngày mai hoặc liên hệ { $provider }.

## Email

letter-customers-see = Xem khách hàng
letter-customers-own = Xem đối tác của bạn
letter-customers-case = Mở hồ sơ

letter-customers-invitation-subject = { $partner } mời bạn trở thành khách hàng tại { $provider }
letter-customers-invitation-lead = { $partner }, đối tác của { $provider }, muốn quản lý tài khoản { $provider } của bạn ({ $email }).
letter-customers-invitation-meaning = Nếu bạn xác nhận, đối tác sẽ nạp tín dụng và đặt giá cho bạn; bạn không tự nạp được nữa. Dữ liệu và dịch vụ vẫn là của bạn.
letter-customers-invitation-button = Xem lời mời
letter-customers-invitation-next = Liên kết có hiệu lực đến { $until }. Bạn xác nhận hoặc từ chối trên trang đó. Nếu chưa có tài khoản tại { $provider }, bạn có thể đăng ký bằng địa chỉ này trước. Nếu không biết { $partner }, hãy từ chối hoặc bỏ qua email này.

letter-customers-invitation-again-subject = Nhắc lại: { $partner } mời bạn trở thành khách hàng tại { $provider }
letter-customers-invitation-again-lead = { $partner } gửi lại lời mời: họ muốn quản lý tài khoản { $provider } của bạn ({ $email }). Liên kết trong các email trước không còn dùng được.

letter-customers-awaiting-approval-subject = Bạn đã xác nhận lời mời của { $partner }
letter-customers-awaiting-approval-lead = Cảm ơn bạn. Bạn là khách hàng mới của { $provider } nên chúng tôi cần xem xét trước. Chúng tôi quyết định trong vòng { $days } ngày làm việc, chậm nhất { $until }.
letter-customers-awaiting-approval-next = Chúng tôi sẽ gửi email ngay khi có quyết định. Bạn không cần làm gì thêm.

letter-customers-joined-subject = { $partner } nay là đối tác của bạn tại { $provider }
letter-customers-joined-lead = Tài khoản { $provider } của bạn nay do { $partner } quản lý.
letter-customers-joined-next = { $partner } nạp tín dụng cho bạn; bạn không tự nạp được. Mọi câu hỏi về tín dụng và giá, vui lòng liên hệ đối tác của bạn.

letter-customers-rejected-subject = Chúng tôi không thể phê duyệt { $partner } làm đối tác của bạn
letter-customers-rejected-lead = Bạn đã xác nhận lời mời của { $partner }. Chúng tôi đã xem xét và không thể phê duyệt vì lý do sau:
letter-customers-rejected-next = Tài khoản của bạn không bị ảnh hưởng: bạn vẫn sử dụng bình thường mà không cần đối tác.

letter-customers-withdrawn-subject = { $partner } đã thu hồi lời mời
letter-customers-withdrawn-lead = Bạn đã xác nhận lời mời của { $partner } và lời mời đang chờ chúng tôi phê duyệt. { $partner } đã thu hồi lời mời này.
letter-customers-withdrawn-next = Tài khoản của bạn không bị ảnh hưởng: bạn vẫn sử dụng bình thường mà không cần đối tác.

letter-customers-ended-subject = { $partner } không còn quản lý tài khoản { $provider } của bạn
letter-customers-ended-lead = { $partner } đã kết thúc quan hệ: họ không còn là đối tác của bạn.
letter-customers-ended-next = Số dư tín dụng vẫn là của bạn. Từ nay bạn tự nạp tín dụng và trả theo giá công bố.

letter-customers-confirmed-subject = { $name } đã xác nhận lời mời của bạn
letter-customers-confirmed-lead = { $name } đã xác nhận.
letter-customers-confirmed-awaits = Đây là khách hàng mới của { $provider } nên chúng tôi quyết định trước: trong vòng { $days } ngày làm việc, chậm nhất { $until }.
letter-customers-confirmed-active = Từ nay đây là khách hàng của bạn.

letter-customers-declined-subject = { $name } đã từ chối lời mời của bạn
letter-customers-declined-lead = { $name } đã từ chối, hoặc không thể xác nhận. Người được mời không cần nêu lý do.
letter-customers-declined-unmet = Khách hàng cho bạn biết những điều kiện họ chưa đáp ứng:

letter-customers-approved-subject = { $name } nay là khách hàng của bạn
letter-customers-approved-lead = Chúng tôi đã phê duyệt { $name } làm khách hàng của bạn.

letter-customers-refused-subject = Chúng tôi không thể phê duyệt { $name } làm khách hàng của bạn
letter-customers-refused-lead = { $name } đã xác nhận lời mời của bạn. Chúng tôi đã xem xét và không thể phê duyệt vì lý do sau:

letter-customers-new-case-subject = Khách hàng mới cần phê duyệt: { $name } của { $partner }
letter-customers-new-case-lead = { $email } là khách hàng mới và đã xác nhận lời mời của { $partner }.

letter-customers-reminder-subject = Còn không quá một ngày làm việc: khách hàng { $name } của { $partner }
letter-customers-reminder-lead = Cần quyết định về khách hàng { $name } của { $partner } chậm nhất { $until }.

letter-customers-escalation-subject = Quá thời hạn: khách hàng { $name } của { $partner }
letter-customers-escalation-lead = Lẽ ra phải quyết định về khách hàng { $name } của { $partner } trước { $until } nhưng chưa có quyết định.

letter-customers-sample-words = Chúng tôi không liên lạc được với công ty qua số điện thoại đã khai.
