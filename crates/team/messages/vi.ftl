### Những người làm việc cho một tài khoản: người dùng IAM và người được mời.

team-nav = Nhóm
team-nav-about = Mời đồng nghiệp và quyết định mỗi người được xem và thay đổi những gì.
team-title = Nhóm
team-lede = Những người cùng làm việc cho tài khoản của bạn và quyền của từng người.
team-caption = Nhóm của bạn, theo tên
team-none-title = Chưa có ai khác
team-none = Mời đồng nghiệp qua email. Bạn quyết định mỗi người được xem và thay đổi những gì.
team-invite = Mời thành viên
team-name = Họ tên
team-email = Email
team-user-name = Tên người dùng
team-grants = Quyền
team-state = Trạng thái
team-last-sign-in = Đăng nhập gần nhất
team-never = Chưa lần nào
team-root-email = Email của người dùng gốc
team-password = Mật khẩu
team-back = Đến trang nhóm

team-state-invited = Đã mời
team-state-expired = Lời mời hết hạn
team-state-active = Đang hoạt động

## Mời

team-invite-lede = Người được mời nhận email có liên kết dùng một lần, có hiệu lực trong { $days } ngày, và đặt mật khẩu tại đó.
team-email-hint = Lời mời và các thông báo sau này cho người này sẽ được gửi đến đây.
team-user-name-hint = Người này đăng nhập bằng địa chỉ email của bạn và tên này. Để trống để dùng phần đứng trước ký tự @.
team-language = Ngôn ngữ của email
team-invite-button = Gửi lời mời
team-invited = Lời mời đang được gửi đi.

team-error-name = Nhập họ tên của người được mời
team-error-email-missing = Nhập địa chỉ email của người được mời
team-error-email-taken = Đã có người trong tài khoản của bạn dùng địa chỉ này
team-error-user-name-missing = Nhập tên người dùng
team-error-user-name = Chỉ dùng chữ a đến z, chữ số, dấu chấm, gạch nối và gạch dưới
team-error-user-name-taken = Đã có người trong tài khoản của bạn dùng tên { $name }: hãy chọn tên khác
team-error-grants = Chọn ít nhất một quyền
team-error-full = Một tài khoản có tối đa { $most } người
team-error-too-many-today = Bạn chỉ gửi được tối đa { $most } lời mời mỗi ngày. Vui lòng tiếp tục vào ngày mai
team-too-many-letters-title = Đã gửi đủ lời mời hôm nay
team-too-many-letters-text = Đã gửi đủ lời mời trong một ngày. Vui lòng chờ đến ngày mai, và trong lúc đó nhờ người được mời kiểm tra thư mục thư rác.
team-taken-title = Đã có người dùng
team-taken-text = Đã có người trong tài khoản của bạn dùng địa chỉ hoặc tên này.
team-joined-already-title = Đã tham gia
team-joined-already-text = Người này vừa tham gia, nên không còn lời mời nào để gửi lại.

## Một thành viên

team-invited-at = Mời lúc
team-sent-at = Gửi lại lúc
team-expires-at = Liên kết có hiệu lực đến
team-expired-at = Liên kết hết hạn lúc
team-since = Tham gia từ
team-change-hint = Thay đổi có hiệu lực ngay từ thao tác tiếp theo của người này; người này được báo qua email.
team-changed = Các quyền đã được lưu.
team-invitation = Lời mời
team-send-again-text = Email mới có liên kết mới; liên kết đã gửi trước đó hết hiệu lực.
team-send-again = Gửi lại
team-sent-again = Lời mời đang được gửi lại.
team-withdraw = Thu hồi lời mời
team-withdraw-title = Thu hồi lời mời này?
team-withdraw-text = Liên kết trong email sẽ hết hiệu lực. Bạn có thể mời lại người này sau.
team-withdrawn = Đã thu hồi lời mời.
team-remove = Xóa
team-remove-title = Xóa người này?
team-remove-text = Người này bị đăng xuất khỏi mọi nơi ngay lập tức, các token API hết hiệu lực và không thể đăng nhập nữa. Những việc người này đã làm vẫn giữ tên. Không thể hoàn tác; bạn chỉ có thể mời lại từ đầu.
team-removed = Đã xóa người này.

## Tham gia

team-join-title = Tham gia { $account }
team-join-lede = { $by } mời bạn làm việc cho { $account }. Hãy đặt mật khẩu để có thể đăng nhập.
team-join-password = Mật khẩu của bạn
team-join-button = Tham gia
team-joined-title = Bạn đã tham gia
team-joined-lede = Bây giờ bạn có thể đăng nhập cho { $account }. Tại trang đăng nhập, hãy nhập:
team-password-yours = Mật khẩu bạn đã đặt
team-link-unknown-title = Liên kết không hợp lệ
team-link-unknown-text = Có thể liên kết bị thiếu một phần. Hãy sao chép toàn bộ liên kết trong email, hoặc nhờ người đã mời bạn gửi lại lời mời.
team-link-expired-title = Lời mời này đã hết hạn
team-link-expired-text = Hãy nhờ người đã mời bạn gửi lại.
team-link-gone-title = Lời mời này không còn hiệu lực
team-link-gone-text = Lời mời đã được thu hồi, hoặc đã có email mới hơn thay thế. Hãy tìm email mới hơn, hoặc hỏi người đã mời bạn.

## Email

team-letter-greeting = Xin chào { $name },
team-letter-invitation-subject = { $provider }: tham gia { $account }
team-letter-invitation-text = { $by } mời bạn làm việc cho { $account } trên cổng đối tác của { $provider }. Hãy đặt mật khẩu để tham gia. Từ đó bạn đăng nhập bằng:
team-letter-invitation-button = Tham gia
team-letter-invitation-until = Liên kết dùng được một lần, đến { $until }.
team-letter-invitation-ignore = Nếu bạn không biết việc này, xin bỏ qua: không ai có thể đăng nhập nếu không có mật khẩu của bạn.
team-letter-changed-subject = { $provider }: quyền của bạn tại { $account }
team-letter-changed-text = { $by } đã thay đổi quyền của bạn tại { $account }. Từ bây giờ bạn có:
team-letter-changed-button = Xem thông tin cá nhân
team-letter-removed-subject = { $provider }: bạn không còn làm việc cho { $account }
team-letter-removed-text = Bạn đã bị xóa khỏi nhóm của { $account } trên cổng đối tác của { $provider }. Bạn đã được đăng xuất khỏi mọi nơi, các token API của bạn hết hiệu lực và bạn không thể đăng nhập nữa.
team-letter-ask = Có câu hỏi? Hãy liên hệ { $name } ({ $email }).

## Lỗi của API

problem-team-full = Nhóm đã đủ người
problem-team-full-detail = Tài khoản đã có số người tối đa.
problem-team-member-exists = Đã có thành viên như vậy
problem-team-member-exists-detail = Đã có người trong tài khoản dùng địa chỉ hoặc tên này.
problem-team-member-joined = Người này đã tham gia
problem-team-member-joined-detail = Không còn lời mời nào để gửi lại.

## Nhật ký kiểm toán

audit-kind-team-invited = Nhóm: mời thành viên
audit-kind-team-invitation-sent-again = Nhóm: gửi lại lời mời
audit-kind-team-invitation-withdrawn = Nhóm: thu hồi lời mời
audit-kind-team-joined = Nhóm: thành viên tham gia
audit-kind-team-changed = Nhóm: thay đổi quyền
audit-kind-team-removed = Nhóm: xóa thành viên
audit-field-user-name = Tên người dùng
audit-field-grants = Quyền
