### Khách hàng của đối tác: những gì đối tác, khách hàng và nhân viên nhìn thấy, cùng các email liên quan.

customers-name = Tên
customers-email = Email
customers-role = Vai trò
customers-partner = Đối tác
customers-state = Trạng thái
customers-decision-by = Thời hạn quyết định

customers-state-awaiting-customer = Đang chờ khách hàng
customers-state-awaiting-approval = Đang chờ phê duyệt
customers-state-active = Đang hoạt động
customers-state-declined = Đã từ chối
customers-state-withdrawn = Đã thu hồi
customers-state-expired = Đã hết hạn
customers-state-rejected = Không được phê duyệt
customers-state-ended = Đã kết thúc

customers-condition-no-credit = Không có số dư
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
letter-customers-own-past = Xem tình trạng hiện tại
letter-customers-case = Mở hồ sơ

letter-customers-invitation-subject = { $partner } mời bạn trở thành khách hàng tại { $provider }
letter-customers-invitation-lead = { $partner }, đối tác của { $provider }, muốn quản lý tài khoản { $provider } của bạn ({ $email }).
letter-customers-invitation-meaning = Nếu bạn xác nhận, đối tác sẽ nạp tiền và đặt giá cho bạn; bạn không tự nạp được nữa. Dữ liệu và dịch vụ vẫn là của bạn.
letter-customers-invitation-button = Xem lời mời
letter-customers-invitation-next = Liên kết có hiệu lực đến { $until }. Bạn xác nhận hoặc từ chối trên trang đó. Nếu chưa có tài khoản tại { $provider }, bạn có thể đăng ký bằng địa chỉ này trước. Nếu không biết { $partner }, hãy từ chối hoặc bỏ qua email này.

letter-customers-invitation-again-subject = Nhắc lại: { $partner } mời bạn trở thành khách hàng tại { $provider }
letter-customers-invitation-again-lead = { $partner } gửi lại lời mời: họ muốn quản lý tài khoản { $provider } của bạn ({ $email }). Liên kết trong các email trước không còn dùng được.

letter-customers-awaiting-approval-subject = Bạn đã xác nhận lời mời của { $partner }
letter-customers-awaiting-approval-lead = Cảm ơn bạn. Bạn là khách hàng mới của { $provider } nên chúng tôi cần xem xét trước. Chúng tôi quyết định trong vòng { $days } ngày làm việc, chậm nhất { $until }.
letter-customers-awaiting-approval-next = Chúng tôi sẽ gửi email ngay khi có quyết định. Bạn không cần làm gì thêm.

letter-customers-joined-subject = { $partner } nay là đối tác của bạn tại { $provider }
letter-customers-joined-lead = Tài khoản { $provider } của bạn nay do { $partner } quản lý.
letter-customers-joined-next = { $partner } nạp tiền cho bạn; bạn không tự nạp được. Mọi câu hỏi về số dư và giá, vui lòng liên hệ đối tác của bạn.

letter-customers-rejected-subject = Chúng tôi không thể phê duyệt { $partner } làm đối tác của bạn
letter-customers-rejected-lead = Bạn đã xác nhận lời mời của { $partner }. Chúng tôi đã xem xét và không thể phê duyệt vì lý do sau:
letter-customers-rejected-next = Tài khoản của bạn không bị ảnh hưởng: bạn vẫn sử dụng bình thường mà không cần đối tác.

letter-customers-withdrawn-subject = { $partner } đã thu hồi lời mời
letter-customers-withdrawn-lead = Bạn đã xác nhận lời mời của { $partner } và lời mời đang chờ chúng tôi phê duyệt. { $partner } đã thu hồi lời mời này.
letter-customers-withdrawn-next = Tài khoản của bạn không bị ảnh hưởng: bạn vẫn sử dụng bình thường mà không cần đối tác.

letter-customers-ended-subject = { $partner } không còn quản lý tài khoản { $provider } của bạn
letter-customers-ended-lead = { $partner } đã kết thúc quan hệ: họ không còn là đối tác của bạn.
letter-customers-ended-next = Số dư vẫn là của bạn. Từ nay bạn tự nạp tiền và trả theo giá niêm yết.

letter-customers-confirmed-subject = { $name } đã xác nhận lời mời của bạn
letter-customers-confirmed-lead = { $name } đã xác nhận.
letter-customers-confirmed-awaits = Đây là khách hàng mới của { $provider } nên chúng tôi quyết định trước: trong vòng { $days } ngày làm việc, chậm nhất { $until }.
letter-customers-confirmed-active = Từ nay đây là khách hàng của bạn.

letter-customers-expired-subject = { $name } chưa trả lời lời mời của bạn
letter-customers-expired-lead = Lời mời gửi tới { $name } ({ $email }) đã hết hạn khi chưa được trả lời; liên kết không còn dùng được. Bạn có thể gửi lại từ trang của khách hàng.

letter-customers-delayed-subject = Quyết định về khách hàng { $name } cần thêm thời gian
letter-customers-delayed-lead = Chúng tôi dự kiến quyết định về { $name } chậm nhất { $until } nhưng chưa thực hiện được. Chúng tôi thành thật xin lỗi.
letter-customers-delayed-next = Trưởng nhóm phụ trách đã được thông báo và sẽ xử lý. Bạn không cần làm gì thêm.

letter-customers-own-delayed-subject = Quyết định về đối tác { $partner } của bạn cần thêm thời gian
letter-customers-own-delayed-lead = Chúng tôi dự kiến quyết định chậm nhất { $until } việc { $partner } quản lý tài khoản của bạn, nhưng chưa thực hiện được. Chúng tôi thành thật xin lỗi.
letter-customers-own-delayed-next = Trưởng nhóm phụ trách đã được thông báo và sẽ xử lý. Bạn không cần làm gì thêm; chúng tôi sẽ gửi email ngay khi có quyết định.

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

## Các trang

customers-nav = Khách hàng
customers-lead = Những người bạn đã mời và những khách hàng bạn đang quản lý.
customers-add = Thêm khách hàng
customers-search = Tìm theo tên hoặc email
customers-sort = Thứ tự
customers-sort-newest = Mới nhất trước
customers-filter = Lọc
customers-clear = Xóa bộ lọc
customers-pages = Các trang
customers-first = Về đầu danh sách
customers-invited-at = Ngày mời
customers-invited = Địa chỉ được mời
customers-history = Diễn biến
customers-actions = Thao tác
customers-until = đến
customers-since = từ
customers-none = Chưa có khách hàng
customers-none-text = Thêm những khách hàng đầu tiên bằng email. Họ xác nhận qua liên kết.
customers-none-filtered = Không tìm thấy
customers-none-elsewhere = Mới chỉ tìm trong trạng thái “{ $state }”.
customers-everywhere = Tìm trong mọi trạng thái
customers-none-filtered-text = Không có khách hàng nào khớp với bộ lọc này.

customers-add-lead = Mỗi người nhận một email có liên kết dùng được trong { $days } ngày và xác nhận hoặc từ chối tại đó.
customers-add-privacy = Chúng tôi không tiết lộ ai đã có tài khoản tại { $provider } hay tài khoản đó ra sao. Người không thể trở thành khách hàng của bạn sẽ thấy lý do và có thể cho bạn biết.
customers-row = Khách hàng { $row }
customers-role-lead = Vai trò cho biết khách hàng là gì đối với bạn, ví dụ “đại lý”. Nếu bỏ trống, vai trò là “{ customers-role-default }”.
customers-role-hint = Không bắt buộc: vai trò của họ đối với bạn, ví dụ “đại lý”. Bỏ trống: { customers-role-default }.
customers-role-default = đối tác
customers-friendly-name = Tên gợi nhớ
customers-language = Ngôn ngữ của email
customers-send = Gửi lời mời
customers-more-rows = Thêm dòng
customers-error-row = Khách hàng { $row }: { $error }
customers-error-none = Hãy nhập ít nhất một địa chỉ email.
customers-error-email-empty = Hãy nhập địa chỉ email.
customers-error-email = Hãy nhập địa chỉ email có dạng ten@example.com.
customers-error-name-empty = Hãy nhập tên mà bạn dùng để gọi khách hàng này.
customers-error-long = Tối đa { $max } ký tự.
customers-error-twice = Địa chỉ này đã có ở dòng { $row }.
customers-error-twice-above = Địa chỉ này trùng với khách hàng { $row }.
customers-error-own = Đây là địa chỉ của chính bạn.
customers-error-too-soon = Vừa có một email được gửi tới địa chỉ này. Vui lòng đợi vài phút.
customers-error-already = Bạn đã mời địa chỉ này, hoặc đó đã là khách hàng của bạn.
customers-error-too-many = Trong 24 giờ chỉ có thể mời thêm { $left } người. Chưa ai được mời.
customers-error-words = Hãy nêu lý do.
customers-invited-one = Lời mời đang được gửi đi.
customers-invited-done = Các lời mời đang được gửi đi.

customers-rename = Tên và vai trò
customers-renamed = Đã lưu.
customers-resend = Gửi lại lời mời
customers-resend-text = Liên kết trong email trước sẽ không còn dùng được.
customers-resent = Lời mời đang được gửi lại.
customers-too-soon = Chưa gửi: lời mời gần nhất vừa được gửi xong.
customers-already = Chưa gửi: bạn đang có một lời mời khác tới địa chỉ này.
customers-overtaken = Không có gì thay đổi: vừa có việc khác xảy ra trước. Xem bên dưới.
customers-withdraw = Thu hồi lời mời
customers-withdraw-title = Thu hồi lời mời { $name }?
customers-withdraw-text = Liên kết sẽ không còn dùng được. Sau này bạn có thể mời lại địa chỉ này.
customers-withdrawn = Lời mời đã được thu hồi.
customers-end = Kết thúc quan hệ
customers-end-title = Không quản lý { $name } nữa?
customers-end-text = Bạn sẽ không nạp tiền hay đặt giá cho khách hàng này được nữa; chiết khấu của bạn không còn áp dụng. Khách hàng được báo qua email. Muốn quản lý lại, bạn phải mời lại và khách hàng phải xác nhận.
customers-end-credit = Khách hàng vẫn còn số dư. Số tiền đó thuộc về khách hàng; bạn không nhận lại được.
customers-end-credit-amount = Khách hàng vẫn còn số dư { $amount }. Số tiền đó thuộc về khách hàng; bạn không nhận lại được.
customers-ended = Quan hệ đã kết thúc. Khách hàng đã được thông báo.
customers-manage = Số dư và giá
customers-top-up = Nạp tiền
customers-discounts = Chiết khấu

customers-event-invited = Đã mời
customers-event-resent = Đã mời lại
customers-event-renamed = Đổi tên hoặc vai trò
customers-event-renamed-text = { $name }, { $role }
customers-event-confirmed = Khách hàng đã xác nhận
customers-event-activated = Đang hoạt động
customers-event-declined = Đã từ chối
customers-event-withdrawn = Lời mời bị thu hồi
customers-event-expired = Lời mời hết hạn
customers-event-rejected = Không được phê duyệt
customers-event-ended = Đã kết thúc
customers-event-reminded = Đã nhắc nhân viên
customers-event-escalated = Quá thời hạn
customers-event-delay-told = Quyết định cần thêm thời gian
customers-event-was-due = Lẽ ra đã quyết định chậm nhất { $until }.
customers-event-expires = Liên kết có hiệu lực đến { $until }.
customers-event-due = Quyết định chậm nhất { $until }.
customers-unmet = Chưa đáp ứng, theo khách hàng cho biết: { $condition }
customers-ended-partner = Đối tác đã chấm dứt quan hệ.
customers-ended-you = Bạn đã chấm dứt quan hệ.
customers-ended-transfer = Khách hàng đã chuyển sang đối tác khác.
customers-now-customer = Khách hàng cần xác nhận hoặc từ chối
customers-now-approval = Khách hàng mới nên nhân viên cần quyết định

customers-invitation-title = { $partner } mời bạn
customers-invitation-lead = { $partner }, đối tác của { $provider }, muốn quản lý tài khoản { $provider } của bạn.
customers-invitation-refused = Chưa xác nhận. Xem bên dưới điều gì đang cản trở.
customers-answer-until = Hạn trả lời
customers-meaning = Điều này có nghĩa gì
customers-meaning-credit = { $partner } nạp tiền cho bạn; bạn không tự nạp được.
customers-meaning-prices = { $partner } đặt giá cho bạn.
customers-meaning-partner = Trong thời gian đó bạn không thể là đối tác của { $provider }.
customers-meaning-data = Dữ liệu và dịch vụ vẫn là của bạn; { $partner } không đăng nhập được vào tài khoản của bạn.
customers-sign-in = Đăng nhập để xác nhận
customers-sign-in-text = Đăng nhập bằng người dùng gốc với { $email }. Nếu địa chỉ này chưa có tài khoản, hãy đăng ký bằng địa chỉ đó rồi mở lại liên kết trong email.
customers-sign-in-button = Đăng nhập
customers-sign-up = Đăng ký
customers-iam = Chỉ người dùng gốc mới được xác nhận
customers-iam-text = Bạn đang đăng nhập bằng người dùng IAM. Vui lòng nhờ người dùng gốc, người đăng nhập bằng { $email }.
customers-other = Lời mời này dành cho địa chỉ khác
customers-other-text = Lời mời dành cho { $email }, còn bạn đang đăng nhập bằng { $own }. Hãy đăng xuất rồi mở lại liên kết trong email.
customers-conditions = Điều kiện đối với tài khoản
customers-account-conditions = Điều kiện của tài khoản
customers-conditions-private = Chỉ bạn nhìn thấy phần này. { $partner } không biết trừ khi bạn đồng ý cho biết.
customers-met = Đạt
customers-not-met = Chưa đạt
customers-condition-no-credit-fix = Hãy dùng hết số dư trước, hoặc hỏi bộ phận hỗ trợ.
customers-condition-no-services-fix = Hãy dừng các dịch vụ đang chạy trong tài khoản, rồi báo cho bộ phận hỗ trợ.
customers-condition-no-discount-fix = Tài khoản đang hưởng chiết khấu của { $provider }. Hãy hỏi bộ phận hỗ trợ.
customers-condition-no-poc-fix = Tài khoản đang trong giai đoạn thử nghiệm. Hãy đợi đến khi kết thúc, hoặc hỏi bộ phận hỗ trợ.
customers-condition-prepaid-fix = Tài khoản thanh toán theo hóa đơn. Hãy nhờ bộ phận hỗ trợ chuyển sang trả trước.
customers-condition-not-partner-fix = Đối tác của { $provider }, hoặc tài khoản có khách hàng trong hồ sơ của { $provider }, không thể là khách hàng của đối tác khác. Nếu có nhầm lẫn, vui lòng liên hệ bộ phận hỗ trợ.
customers-condition-not-customer-fix = Tài khoản đã có đối tác, hoặc đã xác nhận lời mời của một đối tác. Việc đó phải kết thúc trước.
customers-confirm = Xác nhận: { $partner } trở thành đối tác của tôi
customers-not-yet = Bạn có thể xác nhận khi đạt mọi điều kiện
customers-not-yet-text = Mỗi lần bạn mở trang này, các điều kiện được kiểm tra lại.
customers-decline = Từ chối
customers-decline-text = { $partner } chỉ được báo rằng bạn đã từ chối. Bạn không cần tài khoản để từ chối.
customers-share = Cho { $partner } biết những điều kiện chưa đạt
customers-confirmed = Đã xác nhận. Từ nay bạn có đối tác.
customers-confirmed-awaits = Đã xác nhận. Chúng tôi sẽ xem xét và gửi email cho bạn.
customers-declined-title = Đã từ chối
customers-declined-text = Lời mời đã bị từ chối và liên kết không còn dùng được. Bạn có thể đóng trang này.

customers-link-unknown-title = Liên kết không hợp lệ
customers-link-unknown-text = Có thể liên kết bị thiếu một phần, hoặc đã có email mới hơn. Hãy sao chép toàn bộ liên kết trong email mới nhất.
customers-link-expired-title = Lời mời đã hết hạn
customers-link-expired-text = Hãy đề nghị { $name } gửi lại.
customers-link-declined-title = Đã từ chối rồi
customers-link-declined-text = Lời mời này đã bị từ chối. Nếu bạn đổi ý, hãy đề nghị { $name } mời lại.
customers-link-withdrawn-title = Đã thu hồi
customers-link-withdrawn-text = { $name } đã thu hồi lời mời này.
customers-link-used-title = Đã trả lời rồi
customers-link-used-text = Lời mời này đã được xác nhận. Hãy đăng nhập bằng tài khoản đã xác nhận để xem tình trạng.

customers-own = Đối tác của bạn
customers-own-title = { $partner } là đối tác của bạn
customers-own-waiting = Bạn đã xác nhận lời mời của { $partner }. Bạn là khách hàng mới của { $provider } nên chúng tôi quyết định chậm nhất
customers-own-move = { $partner } làm đối tác mới của bạn?
customers-own-move-asked = { $provider } đề nghị { $partner } làm đối tác của bạn. Nếu bạn không đồng ý, mọi thứ giữ nguyên.
customers-own-move-link = Bạn đồng ý hoặc từ chối bằng liên kết trong email gửi đến { $email }.
customers-own-move-agreed = Bạn đã đồng ý. { $partner } đang được hỏi; chưa có gì thay đổi cho đến khi họ cũng đồng ý.
customers-own-none = Bạn chưa có đối tác
customers-own-none-text = Một đối tác của { $provider } có thể mời bạn qua email để quản lý tài khoản.
customers-own-earlier = Trước đây

customers-queue-lead = { $n ->
    [0] Không có khách hàng nào chờ phê duyệt.
   *[other] { $n } khách hàng đang chờ phê duyệt.
  }
customers-queue-none = Chưa có gì ở đây
customers-queue-none-text = Khách hàng mới xuất hiện ở đây sau khi xác nhận lời mời của đối tác.
customers-time-left = Thời gian làm việc còn lại
customers-account = Tài khoản
customers-account-name = Khách hàng
customers-account-since = Có tài khoản từ
customers-decide = Quyết định
customers-own-account = Đây (cũng) là tài khoản của chính bạn; cần đồng nghiệp quyết định.
customers-approve = Phê duyệt
customers-approve-title = Phê duyệt { $name }?
customers-approve-text = { $name } trở thành khách hàng của { $partner } ngay. Cả hai được báo qua email.
customers-approved-already = Đã được phê duyệt trước đó.
customers-approved = Đã phê duyệt. Khách hàng và đối tác đã được thông báo.
customers-refused-unmet = Không có gì thay đổi: tài khoản không còn đạt đủ các điều kiện.
customers-reject = Không phê duyệt
customers-reject-title = Không phê duyệt { $name }?
customers-words = Lý do
customers-words-hint = Khách hàng và đối tác đều đọc được.
customers-rejected = Không phê duyệt. Khách hàng và đối tác đã được thông báo.

## API

problem-customer-exists = Đã mời rồi
problem-customer-exists-detail = Đang có lời mời còn hiệu lực tới địa chỉ này, hoặc đó đã là khách hàng.
problem-customer-state = Trạng thái của khách hàng không cho phép
problem-customer-state-detail = Lời mời vừa được trả lời, quyết định, thu hồi hoặc quan hệ đã kết thúc. Hãy đọc lại.
problem-invitation-too-soon = Lời mời gần nhất vừa được gửi
problem-invitation-too-soon-detail = Hãy đợi vài phút trước khi gửi thêm tới cùng một địa chỉ.
problem-invitations-too-many = Đã đủ số lời mời trong hôm nay
problem-invitations-too-many-detail = Đã gửi tới số địa chỉ tối đa cho phép trong 24 giờ.
problem-conditions-not-met = Chưa đạt một điều kiện
problem-conditions-not-met-detail = Tài khoản không đạt đủ các điều kiện của khách hàng thuộc đối tác.
customers-problem-too-soon = Có thể gửi lời mời tiếp theo từ { $at }.
customers-problem-order = Chỉ dùng được cùng `state=awaiting_approval`: chỉ những khách hàng đó mới có thời hạn quyết định.

## Chuyển sang đối tác khác

customers-transfer = Chuyển sang đối tác khác
customers-transfer-from = Chuyển từ đối tác
customers-transfer-current = Đối tác hiện tại
customers-transfer-to = Đối tác mới
customers-transfer-begin = Chuyển sang đối tác khác
customers-transfer-title = Chuyển { $name } sang đối tác khác
customers-transfer-lead = Hiện là khách hàng của { $partner }. Khách hàng được hỏi trước, sau đó đến đối tác mới; chỉ khi cả hai đồng ý thì mới có thay đổi.
customers-transfer-search = Đối tác mới, theo tên hoặc email
customers-transfer-find = Tìm
customers-transfer-none-found = Không có đối tác nào khác mang tên này.
customers-transfer-error-to = Hãy chọn đối tác mới.
customers-transfer-words-hint = Khách hàng và đối tác mới sẽ đọc nội dung này. Đối tác hiện tại thì không.
customers-transfer-review = Tiếp tục
customers-transfer-what = Khách hàng sẽ nhận ngay email có liên kết. Cho đến khi cả hai đồng ý, khách hàng vẫn ở đối tác hiện tại và bạn có thể rút lại đề nghị.
customers-transfer-propose = Hỏi khách hàng
customers-transfer-proposed = Đã hỏi khách hàng.
customers-transfer-already = Khách hàng này đã có một đề nghị đang chờ.
customers-transfer-withdraw = Rút lại đề nghị
customers-transfer-withdraw-title = Rút lại đề nghị về { $name }?
customers-transfer-withdraw-text = Liên kết trong email của khách hàng sẽ không dùng được nữa và khách hàng ở lại với đối tác của mình. Bên nào đã đồng ý sẽ được báo.
customers-transfer-withdrawn = Đã rút lại đề nghị.

customers-transfer-state-awaiting-customer = Chờ khách hàng
customers-transfer-state-awaiting-partner = Chờ đối tác mới
customers-transfer-state-done = Đã chuyển
customers-transfer-state-declined = Bị từ chối
customers-transfer-state-withdrawn = Đã rút lại
customers-transfer-state-expired = Không trả lời kịp
customers-transfer-state-lapsed = Không còn thực hiện được

customers-transfer-link-title = { $to } làm đối tác mới của bạn?
customers-transfer-link-lead = { $provider } đề nghị { $to } thay { $from } làm đối tác quản lý tài khoản của bạn, vì lý do sau:
customers-transfer-meaning-partner = { $to } trở thành đối tác của bạn ngay khi bên đó cũng đồng ý; khi ấy { $from } không còn quản lý tài khoản của bạn.
customers-transfer-meaning-credit = Số dư vẫn là của bạn. Từ đó { $to } nạp tiền cho bạn.
customers-transfer-meaning-prices = Chiết khấu mà { $from } dành cho bạn sẽ kết thúc; { $to } quyết định giá của bạn.
customers-transfer-sign-in = Đăng nhập để đồng ý
customers-transfer-sign-in-text = Hãy đăng nhập bằng người dùng gốc { $email }.
customers-transfer-other = Chỉ người dùng gốc của tài khoản mới được đồng ý
customers-transfer-other-text = Câu hỏi này dành cho { $email }. Hãy đăng xuất rồi mở lại liên kết trong email.
customers-transfer-agree = Đồng ý: { $to } trở thành đối tác của tôi
customers-transfer-decline-text = Khi đó mọi thứ giữ nguyên với { $from }. { $to } không biết về việc này.
customers-transfer-refused = Chưa có gì thay đổi. Vui lòng xem lại.
customers-transfer-agreed-title = Bạn đã đồng ý
customers-transfer-agreed-text = Bây giờ { $to } được hỏi. Chúng tôi sẽ báo cho bạn ngay khi có câu trả lời.
customers-transfer-declined-title = Đã từ chối
customers-transfer-declined-text = Mọi thứ giữ nguyên. Bạn có thể đóng trang này.
customers-transfer-link-expired-title = Đã hết thời hạn trả lời
customers-transfer-link-expired-text = Không có gì thay đổi: đối tác của bạn vẫn như cũ.
customers-transfer-link-withdrawn-title = Đã rút lại
customers-transfer-link-withdrawn-text = Đề nghị đã được rút lại hoặc không còn thực hiện được. Đối tác của bạn vẫn như cũ.
customers-transfer-link-used-title = Đã trả lời
customers-transfer-link-used-text = Câu hỏi này đã được trả lời. Hãy đăng nhập để xem ai là đối tác của bạn.

customers-moves = Chuyển giữa các đối tác
customers-moves-lead = Mọi đề nghị chuyển khách hàng sang đối tác khác, mới nhất trước. Đề nghị mới bắt đầu từ trang của khách hàng.
customers-moves-none = Không có lượt chuyển nào
customers-moves-none-text = Để chuyển một khách hàng, hãy mở khách hàng đó và chọn “Chuyển sang đối tác khác”.
customers-transfer-opened-at = Đề nghị lúc
customers-transfers = Khách hàng được giới thiệu cho bạn
customers-transfers-lead = Khách hàng của đối tác khác muốn chuyển sang bạn. { $provider } đã đề nghị và họ đã đồng ý.
customers-transfers-none = Chưa có ai được giới thiệu
customers-transfers-none-text = Khi { $provider } đề nghị một khách hàng chuyển sang bạn và khách hàng đồng ý, bạn sẽ thấy ở đây và nhận được email.
customers-transfer-offered-at = Đồng ý lúc
customers-transfer-waiting = Có { $n } khách hàng của đối tác khác được giới thiệu cho bạn.
customers-transfer-offer-title = { $name } muốn chuyển sang bạn
customers-transfer-offer-lead = { $provider } đề nghị bạn tiếp nhận khách hàng này và khách hàng đã đồng ý. Lý do:
customers-transfer-accept = Tiếp nhận khách hàng
customers-transfer-accept-text = Khách hàng thuộc về bạn ngay lập tức: bạn nạp tiền và quyết định giá cho khách hàng. Số dư vẫn là của khách hàng.
customers-transfer-accepted = Khách hàng nay thuộc về bạn và đã được báo.
customers-transfer-not-yours = Người quản lý khách hàng của tài khoản sẽ quyết định việc này.
customers-transfer-decline-title = Từ chối { $name }?
customers-transfer-decline-offer-text = Khách hàng ở lại với đối tác của mình và được báo rằng việc chuyển không thành. Việc này không thể hoàn tác.
customers-transfer-offer-declined = Đã từ chối. Khách hàng ở lại với đối tác hiện tại.
customers-event-imported = Có sẵn trong danh sách tài khoản của nhà cung cấp
customers-event-received = Chuyển đến từ đối tác khác

letter-customers-transfer-ask-subject = { $to } có thể làm đối tác của bạn tại { $provider } không?
letter-customers-transfer-ask-lead = { $provider } đề nghị { $to } thay { $from } làm đối tác quản lý tài khoản của bạn ({ $email }), vì lý do sau:
letter-customers-transfer-ask-meaning = Nếu bạn và { $to } cùng đồng ý, từ đó { $to } nạp tiền và quyết định giá cho bạn. Số dư, dữ liệu và dịch vụ vẫn là của bạn.
letter-customers-transfer-ask-button = Đồng ý hoặc từ chối
letter-customers-transfer-ask-next = Liên kết có hiệu lực đến { $until }. Nếu bạn không đồng ý thì không có gì thay đổi.
letter-customers-transfer-offer-subject = { $customer } muốn trở thành khách hàng của bạn
letter-customers-transfer-offer-lead = { $provider } đề nghị bạn tiếp nhận { $customer } ({ $email }) làm khách hàng và khách hàng đã đồng ý. Lý do:
letter-customers-transfer-offer-next = Vui lòng trả lời trước { $until }. Nếu bạn không đồng ý thì không có gì thay đổi.
letter-customers-transfer-offer-button = Xem và trả lời
letter-customers-transfer-done-subject = { $to } nay là đối tác của bạn tại { $provider }
letter-customers-transfer-done-lead = { $to } cũng đã đồng ý: từ nay { $to } quản lý tài khoản { $provider } của bạn thay cho { $from }.
letter-customers-transfer-done-next = Số dư vẫn là của bạn; { $to } nạp tiền cho bạn. Chiết khấu mà { $from } dành cho bạn đã kết thúc.
letter-customers-transfer-off-subject = { $from } vẫn là đối tác của bạn tại { $provider }
letter-customers-transfer-off-lead = Bạn đã đồng ý để { $to } làm đối tác của mình. Việc này không thành: { $from } vẫn là đối tác của bạn.
letter-customers-transfer-off-next = Số dư và giá của bạn không bị ảnh hưởng. Bạn không cần làm gì.
letter-customers-transfer-left-subject = { $customer } không còn là khách hàng của bạn
letter-customers-transfer-left-lead = { $customer } đã chuyển sang đối tác khác, với sự đồng ý của chính khách hàng.
letter-customers-transfer-left-next = Bạn không còn nạp tiền hay quyết định giá cho khách hàng này. Số tiền bạn đã nạp vẫn là của khách hàng.
letter-customers-transfer-outcome-subject = Việc chuyển { $customer } sang { $to }
letter-customers-transfer-outcome-done = Cả hai đã đồng ý: { $customer } nay là khách hàng của { $to }.
letter-customers-transfer-outcome-declined-customer = { $customer } đã từ chối và vẫn là khách hàng của { $from }.
letter-customers-transfer-outcome-declined-partner = { $to } đã từ chối. { $customer } vẫn là khách hàng của { $from }.
letter-customers-transfer-outcome-expired-customer = { $customer } không trả lời kịp và vẫn là khách hàng của { $from }.
letter-customers-transfer-outcome-expired-partner = { $to } không trả lời kịp. { $customer } vẫn là khách hàng của { $from }.
letter-customers-transfer-outcome-lapsed = { $customer } không còn là khách hàng của { $from } nên không còn gì để chuyển.
letter-customers-transfer-sample-words = Đối tác hiện tại ngừng hợp tác với chúng tôi vào cuối năm.

customers-transfer-error-same = Đó chính là đối tác hiện tại của khách hàng.
problem-transfer-open = Đã có một đề nghị đang chờ
problem-transfer-open-detail = Mỗi lần chỉ có một đề nghị chuyển khách hàng. Hãy rút lại đề nghị đang chờ trước.
problem-transfer-settled = Tình trạng của việc chuyển không cho phép
problem-transfer-settled-detail = Trong lúc đó đề nghị đã được trả lời, rút lại, hết hạn hoặc quan hệ đã kết thúc. Hãy đọc lại.

## Nhập từ tệp

customers-import = Nhập từ tệp
customers-import-lead = Mời nhiều khách hàng cùng lúc từ bảng tính, CSV hoặc Excel. Trước khi gửi, bạn xem trước được kết quả của từng dòng.
customers-import-columns = Dòng đầu là tiêu đề: email, tên và, nếu muốn, vai trò; các cột khác được bỏ qua.
customers-import-template = Tải tệp trống
customers-import-file = Tệp
customers-import-limits = CSV (UTF-8) hoặc .xlsx, tối đa { $rows } dòng và { $mebibytes } MB.
customers-import-preview = Xem trước
customers-import-no-file = Hãy chọn một tệp.
customers-import-empty-file = Tệp này không có nội dung.
customers-import-unreadable = Không đọc được tệp này. Hãy lưu dưới dạng CSV (UTF-8) hoặc bảng tính Excel (.xlsx) rồi thử lại.
customers-import-no-email = Không có cột nào mang tiêu đề “email”.
customers-import-no-name = Không có cột nào mang tiêu đề “tên”.
customers-import-empty = Không có dòng nào bên dưới tiêu đề.
customers-import-too-many = Có hơn { $max } dòng. Hãy chia nhỏ tệp.
customers-import-preview-title = Xem trước
customers-import-other-file = Tệp khác
customers-import-line = Dòng
customers-import-outcome = Kết quả
customers-import-invites = Sẽ được mời
customers-import-fits = Có thể mời
customers-import-skipped = Bỏ qua
customers-import-count = { $n ->
    [0] Không ai được mời.
   *[other] { $n } khách hàng sẽ được mời.
  }
customers-import-over = { $left ->
    [0] Hôm nay không thể mời thêm ai. Chưa có lời mời nào được gửi; vui lòng chọn lại tệp vào ngày mai.
   *[other] Tệp có { $wanted } khách hàng để mời, nhưng trong 24 giờ chỉ có thể mời thêm { $left }. Chưa thể gửi cho đến khi tệp có nhiều nhất { $left } khách hàng.
  }
customers-import-left-out = { $n ->
    [0] { "" }
   *[other] { $n } dòng bị bỏ qua; lý do ghi ở từng dòng.
  }
customers-import-confirm = Gửi { $n } lời mời
customers-import-changed = Chưa mời ai: trong lúc đó một số dòng đã thay đổi. Vui lòng xem lại.
customers-import-stale-title = Bản xem trước này đã quá cũ
customers-import-stale-text = Chưa mời ai. Vui lòng chọn lại tệp.
