### Tài khoản: đăng ký, thông tin cá nhân, loại tài khoản.

accounts-sign-up-title = Tạo tài khoản { $provider }
accounts-step-email = Email
accounts-step-account = Thông tin tài khoản
accounts-step-done = Hoàn tất
accounts-email = Địa chỉ email
accounts-email-hint = Chúng tôi sẽ gửi một liên kết đến địa chỉ này để xác nhận đây là email của bạn. Liên kết có hiệu lực trong { $hours } giờ.
accounts-leave-empty = Để trống ô này
accounts-agreement = Xác nhận đồng ý
accounts-agree-terms = Tôi đồng ý với điều khoản sử dụng
accounts-agree-data = Tôi đồng ý với việc xử lý dữ liệu cá nhân của tôi
accounts-read-document = Đọc nội dung (mở trong thẻ mới)
accounts-document-version = Phiên bản { $version }
accounts-terms-of-use = Điều khoản sử dụng
accounts-personal-data = Xử lý dữ liệu cá nhân
accounts-print = In
accounts-send-link = Gửi liên kết xác minh
accounts-have-account = Bạn đã có tài khoản?
accounts-aside-title = Một tài khoản cho mọi việc
accounts-aside-text = Tài khoản lưu giữ các dịch vụ của bạn tại { $provider }, thông tin thanh toán và hồ sơ đăng ký đối tác. Người đăng ký sẽ là người dùng gốc của tài khoản.
accounts-aside-enterprise = Doanh nghiệp chọn loại tài khoản Doanh nghiệp ở bước tiếp theo, sau đó cung cấp tên pháp lý và mã số thuế. Chỉ doanh nghiệp mới có thể trở thành đối tác.
accounts-sign-up-stale = Biểu mẫu đã mở quá lâu. Vui lòng kiểm tra lại và gửi lần nữa
accounts-sign-up-too-many = Đã có nhiều email được gửi trong giờ này. Hãy kiểm tra hộp thư, kể cả mục thư rác, hoặc thử lại sau một giờ
accounts-too-many-letters-title = Đã có nhiều email được gửi
accounts-too-many-letters-text = Hãy kiểm tra hộp thư, kể cả mục thư rác, hoặc thử lại sau một giờ.

accounts-sent-title = Hãy kiểm tra hộp thư
accounts-sent-text = Chúng tôi đã gửi một email đến { $email }. Hãy mở liên kết trong email để tiếp tục.
accounts-sent-life = Liên kết chỉ dùng được một lần, trong { $hours } giờ.
accounts-sent-nothing = Chưa nhận được email?
accounts-sent-spam = Email có thể đến sau vài phút. Hãy xem trong mục thư rác và kiểm tra lại địa chỉ ở trên.
accounts-send-again = Gửi lại email
accounts-sent-again = Email đã được gửi lại.
accounts-other-address = Dùng địa chỉ khác

accounts-complete-title = Thiết lập tài khoản
accounts-complete-lead = Địa chỉ email đã được xác minh. Hãy điền thông tin sau để hoàn tất tài khoản.
accounts-name = Họ và tên
accounts-password = Mật khẩu
accounts-password-again = Vui lòng nhập lại mật khẩu: mật khẩu không được giữ lại.
accounts-password-hint = Ít nhất { $min } ký tự. Nên dùng vài từ không liên quan đến nhau.
accounts-password-hint-mixed = Ít nhất { $min } ký tự, gồm chữ thường, chữ hoa và chữ số.
accounts-phone = Số điện thoại
accounts-phone-hint = Ví dụ: +84 24 3825 1234
accounts-class = Loại tài khoản
accounts-class-enterprise = Doanh nghiệp
accounts-class-enterprise-hint = Công ty hoặc tổ chức khác. Có thể trở thành đối tác.
accounts-class-individual = Cá nhân
accounts-class-individual-hint = Dành cho cá nhân. Có thể chuyển thành doanh nghiệp sau này.
accounts-enterprise-fields = Thông tin doanh nghiệp
accounts-legal-name = Tên pháp lý
accounts-legal-name-hint = Như trên giấy chứng nhận đăng ký doanh nghiệp
accounts-country = Quốc gia
accounts-tax-code = Mã số thuế
accounts-tax-code-hint = Tại Việt Nam: 10 chữ số, 10 và 3 chữ số đối với chi nhánh, hoặc 12 chữ số của số định danh cá nhân
accounts-create = Tạo tài khoản

accounts-ready-title = Tài khoản đã sẵn sàng
accounts-ready-text = Chúng tôi đã gửi email xác nhận cho bạn. Hãy đăng nhập bằng địa chỉ email và mật khẩu để sử dụng { $provider }.

accounts-link-expired-title = Liên kết đã hết hạn
accounts-link-expired-text = Liên kết được gửi đã quá lâu. Chúng tôi có thể gửi liên kết mới đến cùng địa chỉ.
accounts-link-used-title = Liên kết đã được sử dụng
accounts-link-used-text = Tài khoản của địa chỉ này đã được thiết lập. Hãy đăng nhập bằng địa chỉ email và mật khẩu đã chọn.
accounts-link-unknown-title = Liên kết không hợp lệ
accounts-link-unknown-text = Có thể liên kết bị thiếu một phần. Hãy sao chép toàn bộ liên kết trong email, hoặc đăng ký lại để nhận liên kết mới.
accounts-send-new-link = Gửi liên kết mới
accounts-forgotten = Quên mật khẩu?
accounts-sign-up-again = Đăng ký lại

accounts-profile-you = Thông tin của bạn
accounts-profile-account = Tài khoản
accounts-profile-security = Bảo mật
accounts-profile-password = Đổi mật khẩu
accounts-profile-sign-ins = Các phiên đăng nhập của bạn
accounts-profile-tokens = Token API
accounts-profile-saved = Đã lưu thông tin của bạn.
accounts-profile-iam = Bạn đang đăng nhập bằng người dùng IAM. Chỉ người dùng gốc mới có thể thay đổi thông tin của tài khoản.
accounts-profile-ask = Nếu cần thêm quyền, hãy liên hệ { $name } ({ $email }).
accounts-profile-whose = Bạn làm việc cho { $account }.
accounts-grants = Quyền của bạn
accounts-profile-company-change = Để chỉnh sửa thông tin doanh nghiệp, vui lòng liên hệ bộ phận hỗ trợ.
accounts-language-hint = Dùng cho email của chúng tôi và cho các trang này, trừ khi bạn chọn ngôn ngữ khác ở đầu trang
accounts-root-user = Người dùng gốc

accounts-enterprise-title = Chuyển thành tài khoản doanh nghiệp
accounts-enterprise-why = Chỉ doanh nghiệp mới có thể trở thành đối tác. Nếu tài khoản này thuộc về một công ty, hãy cung cấp tên pháp lý và mã số thuế.
accounts-enterprise-lead = Tài khoản vẫn giữ nguyên các dịch vụ và người dùng. Chỉ chủ thể của tài khoản thay đổi.
accounts-enterprise-done = Tài khoản đã được chuyển thành tài khoản doanh nghiệp.
accounts-enterprise-already = Tài khoản này đã là tài khoản doanh nghiệp.
accounts-check-title = Kiểm tra thông tin
accounts-check-final = Hãy đối chiếu với giấy chứng nhận đăng ký doanh nghiệp. Sau khi xác nhận, chỉ bộ phận hỗ trợ mới có thể thay đổi các thông tin này.
accounts-check-confirm = Xác nhận
accounts-check-edit = Sửa thông tin

accounts-error-email-missing = Hãy nhập địa chỉ email
accounts-error-email = Hãy nhập địa chỉ email đúng dạng, ví dụ ten@example.com
accounts-error-terms-of-use-missing = Bạn cần đồng ý với điều khoản sử dụng để tiếp tục
accounts-error-personal-data-missing = Bạn cần đồng ý với việc xử lý dữ liệu cá nhân để tiếp tục
accounts-error-name-missing = Hãy nhập họ và tên
accounts-error-password-missing = Hãy chọn mật khẩu
accounts-error-phone-missing = Hãy nhập số điện thoại
accounts-error-phone = Hãy nhập số điện thoại có từ 8 đến 15 chữ số, ví dụ +84 24 3825 1234
accounts-error-class-missing = Hãy chọn loại tài khoản: doanh nghiệp hay cá nhân
accounts-error-legal-name-missing = Hãy nhập tên pháp lý của doanh nghiệp
accounts-error-country-missing = Hãy chọn quốc gia
accounts-error-tax-code-missing = Hãy nhập mã số thuế
accounts-error-too-long = Chỉ nhập tối đa { $max } ký tự
accounts-error-unprintable = Hãy xóa các ký tự không hiển thị được, chẳng hạn dấu xuống dòng
accounts-error-choice = Hãy chọn một trong các mục

accounts-import-fields = Dòng này có { $found } giá trị, còn dòng tiêu đề có { $expected } cột
accounts-import-not-utf8 = { $column }: văn bản không theo mã UTF-8
accounts-import-too-large = { $column }: giá trị dài hơn { $max } byte
accounts-import-field = { $column }: { $mistake }
accounts-import-value = { $column }: “{ $found }” không phải là một trong các giá trị { $allowed }
accounts-import-repeated = Trùng địa chỉ email với { $place }
accounts-import-own-customer = managed_by_email: đây là địa chỉ email của chính tài khoản này
accounts-import-no-manager = managed_by_email: không có tài khoản nào có địa chỉ email { $email }
accounts-import-manager-managed = managed_by_email: { $email } cũng đang là khách hàng của một đối tác

accounts-password-too-short = Hãy chọn mật khẩu có ít nhất { $min } ký tự
accounts-password-not-mixed = Hãy chọn mật khẩu gồm chữ thường, chữ hoa và chữ số
accounts-password-guessable = Hãy chọn mật khẩu khó đoán hơn: mật khẩu này chủ yếu gồm thông tin của bạn hoặc những từ thường bị thử đầu tiên

accounts-tax-code-character = Hãy bỏ ký tự “{ $character }”: mã số thuế không có ký tự này
accounts-tax-code-wrong-length = Hãy nhập 10 chữ số, 10 và 3 chữ số đối với chi nhánh, hoặc 12 chữ số đối với cá nhân; hiện có { $digits } chữ số
accounts-tax-code-misplaced-hyphen = Dấu gạch nối phải đứng giữa 10 chữ số của công ty và 3 chữ số của chi nhánh
accounts-tax-code-wrong-check-digit = Hãy đối chiếu mã số thuế với giấy chứng nhận đăng ký: có chữ số bị nhập sai, chữ số thứ mười không khớp với chín chữ số trước đó
accounts-tax-code-no-such-branch = Hãy kiểm tra ba chữ số cuối: số thứ tự chi nhánh bắt đầu từ 001
accounts-tax-code-unknown-birthplace = Hãy đối chiếu với căn cước công dân: không có số nào bắt đầu bằng { $start }
accounts-tax-code-unknown-century = Hãy đối chiếu với căn cước công dân: chữ số thứ tư từ 0 đến 3, không phải { $digit }
accounts-tax-code-length = Hãy nhập mã số thuế có từ 5 đến 20 ký tự; hiện có { $length } ký tự
accounts-tax-code-few-digits = Hãy nhập mã số thuế có ít nhất 3 chữ số; hiện có { $digits } chữ số

letter-verification-subject = { $provider }: xác minh tài khoản
letter-verification-lead = Có người, hy vọng là bạn, đang tạo tài khoản { $provider } bằng địa chỉ email này. Để tiếp tục, hãy mở liên kết sau:
letter-verification-button = Xác minh địa chỉ và thiết lập tài khoản
letter-verification-life = Liên kết chỉ dùng được một lần, trong { $hours } giờ.
letter-verification-not-you = Nếu không phải bạn, hãy bỏ qua email này. Sẽ không có gì thay đổi.
letter-already-registered-subject = { $provider }: bạn đã có tài khoản
letter-already-registered-lead = Có người, hy vọng là bạn, vừa thử tạo tài khoản { $provider } bằng địa chỉ email này. Địa chỉ này đã có tài khoản: hãy đăng nhập.
letter-already-registered-forgotten = Nếu bạn quên mật khẩu hoặc chưa từng đặt mật khẩu, bạn có thể chọn mật khẩu mới:
letter-already-registered-reset = Chọn mật khẩu mới
letter-welcome-subject = { $provider }: tài khoản của bạn đã sẵn sàng
letter-welcome-lead = Xin chào { $name }, tài khoản { $provider } của bạn đã sẵn sàng. Thông tin bạn đã cung cấp:
letter-welcome-next = Sau khi đăng nhập, doanh nghiệp có thể đăng ký trở thành đối tác của { $provider }.

## Lỗi của API

problem-already-enterprise = Tài khoản đã là doanh nghiệp
problem-already-enterprise-detail = Tài khoản đã được phân loại là doanh nghiệp.
problem-not-an-enterprise = Tài khoản là của cá nhân
problem-not-an-enterprise-detail = Chỉ có thể đính chính thông tin của doanh nghiệp. Người dùng gốc chuyển tài khoản thành tài khoản doanh nghiệp trong trang Thông tin cá nhân.
